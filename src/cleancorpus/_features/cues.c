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

/* The same of all blocks that are asked for, where each feature is a row that lies together. */
static void say(const Cues *cues, size_t cue, const Inputs *inputs, float *said)
{
    for (size_t i = 0; i < inputs->asked; i++) {
        said[i] = 0;
    }
    for (int32_t at = cues->starts[cue]; at < cues->starts[cue + 1]; at++) {
        for (size_t i = 0; i < inputs->asked; i++) {
            said[i] += value(inputs, (size_t)inputs->at[i], cues->member[at]) * cues->weight[at];
        }
    }
    for (size_t i = 0; i < inputs->asked; i++) {
        said[i] -= cues->usual[cue];
    }
}

/* Puts a cue in its place among the strongest; of equal ones the first stays before. */
static void enter(float *strongest, int64_t *codes, float said, int64_t code)
{
    size_t place = STRONGEST;
    while (place > 0 && (said < strongest[place - 1] ||
                         (said == strongest[place - 1] && code < codes[place - 1]))) {
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

static bool is_switched(const Cues *cues, size_t cue, const Inputs *inputs)
{
    return (size_t)cues->leading[cue] >= inputs->rows;
}

static bool is_high(const Cues *cues, size_t cue, const Inputs *inputs, size_t block)
{
    return value(inputs, block, cues->leading[cue]) >= cues->turns[cue];
}

/* Cues whose leading feature is a number, one by one. */
static void enter_numbers(const Cues *cues, const Inputs *inputs, float *said, float *strongest,
                          int64_t *codes)
{
    for (size_t cue = 0; cue < cues->count; cue++) {
        if (is_switched(cues, cue, inputs)) {
            continue;
        }
        say(cues, cue, inputs, said);
        for (size_t i = 0; i < inputs->asked; i++) {
            bool high = is_high(cues, cue, inputs, (size_t)inputs->at[i]);
            enter(strongest + i * STRONGEST, codes + i * STRONGEST, said[i],
                  2 * (int64_t)cue + high);
        }
    }
}

/* The others, block by block, since the switches of a block lie together. That something is absent
 * is no evidence that anybody could point at. */
static void enter_switches(const Cues *cues, const Inputs *inputs, float *strongest, int64_t *codes)
{
    for (size_t i = 0; i < inputs->asked; i++) {
        size_t block = (size_t)inputs->at[i];
        for (size_t cue = 0; cue < cues->count; cue++) {
            if (is_switched(cues, cue, inputs) && is_high(cues, cue, inputs, block)) {
                enter(strongest + i * STRONGEST, codes + i * STRONGEST,
                      said_by(cues, cue, inputs, block), 2 * (int64_t)cue + 1);
            }
        }
    }
}

void find_strongest(const Cues *cues, const Inputs *inputs, float *room, int64_t *codes)
{
    float *strongest = room + inputs->asked;
    for (size_t at = 0; at < inputs->asked * STRONGEST; at++) {
        strongest[at] = 0;
        codes[at] = -1;
    }
    enter_numbers(cues, inputs, room, strongest, codes);
    enter_switches(cues, inputs, strongest, codes);
}
