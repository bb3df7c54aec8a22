/* A forest over the features of blocks; the twin of forest.py. */

#ifndef CLEANCORPUS_FEATURES_FOREST_H
#define CLEANCORPUS_FEATURES_FOREST_H

#include "features.h"

/* Trees over features, each with fewer nodes than there are bits in a word. */

#define LEAVES 32

typedef struct {
    const int32_t *feature; /* of each node, what it asks for */
    const float *turn; /* the highest value that goes on to the left */
    const uint32_t *gone; /* the leaves that a higher value rules out */
    const int32_t *starts; /* the first node of each tree, and the end of the last */
    const float *says; /* of each tree LEAVES values */
    size_t nodes, trees;
} Forest;

/* What cannot be true of a forest over so many features, or NULL. */
const char *check_forest(const Forest *forest, size_t features);

/* For each block the sum of what the trees say, taken in their order, in wide vectors where they are
 * wanted and the processor has them; false where there is no memory. */
bool ask_forest(const Forest *forest, const Inputs *inputs, bool is_wide, float *votes);

#endif
