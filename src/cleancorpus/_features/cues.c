/* What spoke most against a block: the linear model's parts, cue by cue. */

#include "features.h"

static bool are_cues(const Cues *cues, size_t features)
{
    for (size_t cue = 0; cue < cues->count; cue++) {
        if (cues->starts[cue] < 0 || cues->starts[cue] > cues->starts[cue + 1]) {
            return false;
        }
    }
    return (size_t)cues->starts[cues->count] <= cues->members &&
           are_below(cues->member, cues->members, features) &&
           are_below(cues->leading, cues->count, features);
}

const char *check_cues(const Cues *cues, const Inputs *inputs)
{
    if (!are_cues(cues, inputs->rows + inputs->switches)) {
        return "a cue has a feature that is not there";
    }
    for (size_t i = 0; i < inputs->asked; i++) {
        if (inputs->at[i] < 0 || (size_t)inputs->at[i] >= inputs->count) {
            return "a block that is asked for is not there";
        }
    }
    return NULL;
}

static float value(const Inputs *inputs, size_t block, int32_t feature)
{
    size_t at = (size_t)feature;
    return at < inputs->rows ? inputs->numbers[at * inputs->count + block]
                             : inputs->switch_of[block * inputs->switches + at - inputs->rows];
}

/* What a cue says of a block, summed in the order of its features. */
static float said_by(const Cues *cues, size_t cue, const Inputs *inputs, size_t block)
{
    float said = 0;
    for (int32_t i = cues->starts[cue]; i < cues->starts[cue + 1]; i++) {
        said += value(inputs, block, cues->member[i]) * cues->weight[i];
    }
    return said - cues->usual[cue];
}

/* Puts a cue in its place among the strongest; of equal ones the first stays before. */
static void enter(float *strongest, int64_t *codes, float said, int64_t code)
{
    size_t place = STRONGEST;
    while (place > 0 && said < strongest[place - 1]) {
        place--;
    }
    for (size_t i = STRONGEST - 1; place < STRONGEST && i > place; i--) {
        strongest[i] = strongest[i - 1];
        codes[i] = codes[i - 1];
    }
    if (place < STRONGEST) {
        strongest[place] = said;
        codes[place] = code;
    }
}

void find_strongest(const Cues *cues, const Inputs *inputs, int64_t *codes)
{
    for (size_t i = 0; i < inputs->asked; i++, codes += STRONGEST) {
        size_t block = (size_t)inputs->at[i];
        float strongest[STRONGEST] = {0};
        for (size_t place = 0; place < STRONGEST; place++) {
            codes[place] = -1;
        }
        for (size_t cue = 0; cue < cues->count; cue++) {
            int32_t leading = cues->leading[cue];
            bool is_high = value(inputs, block, leading) >= cues->turns[cue];
            /* That something is absent is no evidence that anybody could point at. */
            if (is_high || (size_t)leading < inputs->rows) {
                enter(strongest, codes, said_by(cues, cue, inputs, block),
                      2 * (int64_t)cue + is_high);
            }
        }
    }
}
