/* A network over the blocks of a page; the twin of network.py. */

#ifndef CLEANCORPUS_FEATURES_NETWORK_H
#define CLEANCORPUS_FEATURES_NETWORK_H

#include "features.h"

#define MOST_LAYERS 8
#define MOST_SPANS 8
#define MOST_CHANNELS 1024

/* One convolution. */
typedef struct {
    const float *before, *here, *after, *bias;
    size_t step; /* blocks from each to those before and after it */
} Layer;

typedef struct {
    const float *low, *high, *numbers, *switches, *bias; /* of the first products */
    Layer layer[MOST_LAYERS];
    const float *pool, *pool_bias, *out, *out_bias;
    size_t layers, channels;
    size_t pool_after; /* so many convolutions are the means taken */
} Network;

/* What the means are taken over. */
typedef struct {
    const int64_t *begin[MOST_SPANS], *end[MOST_SPANS]; /* spans around each block */
    const int64_t *order, *starts, *of; /* blocks that look alike, see `Groups` */
    const float *words;
    size_t spans, groups;
} Around;

/* What cannot be true of so many blocks, or NULL. */
const char *check_around(const Around *around, size_t count);

typedef enum { RAN, NO_VECTORS, NO_MEMORY } Outcome;

/* A logit for each block. */
Outcome run_network(const Network *network, const Inputs *inputs, const Around *around,
                    bool is_wide, float *logits);

#endif
