/* A network over the blocks of a page: products, and means between them. */

#include <string.h>

#include "network.h"

/* Of one page. The rows of `hidden` and `other` have a margin on both sides that stays zero. */
typedef struct {
    const Network *network;
    const Inputs *inputs;
    const Around *around;
    float *hidden, *other, *numbers, *sums, *means, *totals, *page, *start;
    size_t margin;
    bool is_wide;
} Run;

const char *check_around(const Around *around, size_t count)
{
    for (size_t span = 0; span < around->spans; span++) {
        const char *wrong = check_span(around->begin[span], around->end[span], count);
        if (wrong != NULL) {
            return wrong;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if ((size_t)around->order[i] >= count || (size_t)around->of[i] >= around->groups) {
            return "a group has blocks that are not there";
        }
    }
    for (size_t group = 0; group < around->groups; group++) {
        size_t end = group + 1 < around->groups ? (size_t)around->starts[group + 1] : count;
        if ((group == 0 && around->starts[0] != 0) || end > count ||
            (size_t)around->starts[group] >= end) {
            return "a group does not begin and end";
        }
    }
    return NULL;
}

static bool make_buffers(Run *run, Memory *memory)
{
    const Network *network = run->network;
    size_t count = run->inputs->count, channels = network->channels, each = sizeof(float);
    for (size_t at = 0; at < network->layers; at++) {
        run->margin = network->layer[at].step > run->margin ? network->layer[at].step : run->margin;
    }
    size_t padded = (count + 2 * run->margin) * channels;
    run->hidden = own(memory, padded, each);
    run->other = own(memory, padded, each);
    run->numbers = own(memory, run->inputs->rows * count, each);
    run->sums = own(memory, (count + 1) * channels, each);
    run->means = own(memory, count * (run->around->spans + 1) * channels, each);
    run->totals = own(memory, run->around->groups * channels, each);
    run->page = own(memory, 2 * channels, each);
    run->start = own(memory, channels, each);
    if (memory->count < 8) {
        return false;
    }
    memset(run->hidden, 0, padded * each);
    memset(run->other, 0, padded * each);
    return true;
}

static bool take(const Run *run, Product *of)
{
    of->count = run->inputs->count;
    of->channels = run->network->channels;
    return take_product(of, run->is_wide);
}

/* What the first products make of the inputs, whose numbers are clamped before. */
static bool take_first(Run *run)
{
    const Inputs *inputs = run->inputs;
    const Network *network = run->network;
    size_t count = inputs->count;
    for (size_t row = 0; row < inputs->rows; row++) {
        const float *from = inputs->numbers + row * count;
        float *to = run->numbers + row * count, low = network->low[row], high = network->high[row];
        for (size_t i = 0; i < count; i++) {
            float value = from[i] > low ? from[i] : low;
            to[i] = value < high ? value : high;
        }
    }
    Product product = {.signal = {{.rows = run->numbers,
                                   .weights = network->numbers,
                                   .many = inputs->rows,
                                   .row_step = 1,
                                   .value_step = count},
                                  {.switches = inputs->switch_of,
                                   .weights = network->switches,
                                   .many = inputs->switches}},
                       .signals = 2,
                       .start = network->bias,
                       .out = run->hidden + run->margin * network->channels};
    return take(run, &product);
}

static bool convolve(Run *run, const Layer *layer)
{
    size_t channels = run->network->channels;
    const float *here = run->hidden + run->margin * channels;
    const float *rows[] = {here, here - layer->step * channels, here + layer->step * channels};
    const float *weights[] = {layer->here, layer->before, layer->after};
    Product product = {.signals = 3,
                       .start = layer->bias,
                       .hidden = here,
                       .out = run->other + run->margin * channels};
    for (int i = 0; i < 3; i++) {
        product.signal[i] = (Signal){.rows = rows[i],
                                     .weights = weights[i],
                                     .many = channels,
                                     .row_step = channels,
                                     .value_step = 1};
    }
    bool is_taken = take(run, &product);
    float *read = run->hidden;
    run->hidden = run->other;
    run->other = read;
    return is_taken;
}

static void add_row(float *sum, const float *row, float times, size_t channels)
{
    for (size_t channel = 0; channel < channels; channel++) {
        sum[channel] += times * row[channel];
    }
}

/* The mean of all blocks, and that of all words, what stands at each being that of its block. */
static void fill_page(Run *run, const float *rows)
{
    size_t count = run->inputs->count, channels = run->network->channels;
    const float *words = run->around->words;
    double total = 0;
    memset(run->page, 0, 2 * channels * sizeof(float));
    for (size_t i = 0; i < count; i++) {
        total += words[i];
    }
    for (size_t channel = 0; channel < channels; channel++) {
        run->page[channel] = run->sums[count * channels + channel] / (float)count;
    }
    for (size_t i = 0; i < count; i++) {
        add_row(run->page + channels, rows + i * channels, (float)(words[i] / total), channels);
    }
}

/* The mean of the blocks that look like each, in the last place of its row of means. */
static void fill_groups(Run *run, const float *rows, size_t width)
{
    const Around *around = run->around;
    size_t count = run->inputs->count, channels = run->network->channels;
    for (size_t group = 0; group < around->groups; group++) {
        size_t at = (size_t)around->starts[group];
        size_t end = group + 1 < around->groups ? (size_t)around->starts[group + 1] : count;
        float *total = run->totals + group * channels, size = (float)(end - at);
        memset(total, 0, channels * sizeof(float));
        for (; at < end; at++) {
            add_row(total, rows + (size_t)around->order[at] * channels, 1, channels);
        }
        for (size_t channel = 0; channel < channels; channel++) {
            total[channel] /= size;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const float *mean = run->totals + (size_t)around->of[i] * channels;
        memcpy(run->means + (i + 1) * width - channels, mean, channels * sizeof(float));
    }
}

/* Adds to each block what the means around it say; those of the page are taken once. */
static bool add_means(Run *run)
{
    const Network *network = run->network;
    const Around *around = run->around;
    size_t count = run->inputs->count, channels = network->channels;
    size_t width = (around->spans + 1) * channels;
    float *rows = run->hidden + run->margin * channels;
    add_up(rows, count, channels, run->sums);
    for (size_t span = 0; span < around->spans; span++) {
        mean_of(run->sums, channels, around->begin[span], around->end[span], count,
                run->means + span * channels, width);
    }
    fill_groups(run, rows, width);
    fill_page(run, rows);
    memcpy(run->start, network->pool_bias, channels * sizeof(float));
    for (size_t at = 0; at < 2 * channels; at++) {
        add_row(run->start, network->pool + (width + at) * channels, run->page[at], channels);
    }
    Product product = {.signal = {{.rows = run->means,
                                   .weights = network->pool,
                                   .many = width,
                                   .row_step = width,
                                   .value_step = 1}},
                       .signals = 1,
                       .start = run->start,
                       .hidden = rows,
                       .out = rows};
    return take(run, &product);
}

static void fill_logits(const Run *run, float *logits)
{
    const Network *network = run->network;
    const float *row = run->hidden + run->margin * network->channels;
    for (size_t i = 0; i < run->inputs->count; i++, row += network->channels) {
        float logit = 0;
        for (size_t channel = 0; channel < network->channels; channel++) {
            logit += row[channel] * network->out[channel];
        }
        logits[i] = logit + *network->out_bias;
    }
}

static bool take_all(Run *run, float *logits)
{
    const Network *network = run->network;
    if (!take_first(run)) {
        return false;
    }
    for (size_t at = 0; at < network->layers; at++) {
        if (!convolve(run, &network->layer[at]) ||
            (at + 1 == network->pool_after && !add_means(run))) {
            return false;
        }
    }
    fill_logits(run, logits);
    return true;
}

Outcome run_network(const Network *network, const Inputs *inputs, const Around *around,
                    bool is_wide, float *logits)
{
    Memory memory = {.count = 0};
    Run run = {.network = network, .inputs = inputs, .around = around, .is_wide = is_wide};
    Outcome outcome = NO_MEMORY;
    if (make_buffers(&run, &memory)) {
        outcome = take_all(&run, logits) ? RAN : NO_VECTORS;
    }
    free_all(&memory);
    return outcome;
}
