/* What the network does between its products: means over spans of blocks, and sums. */

#include <string.h>

#include "features.h"

const char *check_span(const int64_t *begin, const int64_t *end, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* What is under zero is far over it without a sign. */
        if ((size_t)begin[i] > count || (size_t)end[i] > count) {
            return "a span reaches to blocks that are not there";
        }
    }
    return NULL;
}

void add_up(const float *hidden, size_t count, size_t channels, float *sums)
{
    memset(sums, 0, channels * sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        const float *row = hidden + i * channels, *before = sums + i * channels;
        float *after = sums + (i + 1) * channels;
        for (size_t channel = 0; channel < channels; channel++) {
            after[channel] = before[channel] + row[channel];
        }
    }
}

void mean_of(const float *sums, size_t channels, const int64_t *begin, const int64_t *end,
             size_t count, float *means, size_t width)
{
    for (size_t i = 0; i < count; i++) {
        const float *from = sums + (size_t)begin[i] * channels;
        const float *upto = sums + (size_t)end[i] * channels;
        float *mean = means + i * width;
        int64_t many = end[i] - begin[i];
        float share = (float)(1.0 / (double)(many > 1 ? many : 1));
        for (size_t channel = 0; channel < channels; channel++) {
            mean[channel] = (upto[channel] - from[channel]) * share;
        }
    }
}
