/* The lines of a text: which stretches and groups they are in, and sums over them. */

#include "text.h"

static const float running_words = 10, long_words = 20, short_words = 7, title_words = 14;
static const int64_t least_run = 3; /* short lines that begin a section of their own */

/* What lines of a group have in common. */
#define LEVELS_OF_LINES 8
#define SIZES 6
#define OPENINGS 4
#define ENDINGS 4
#define KEYS (LINE_KINDS * LEVELS_OF_LINES * SIZES * OPENINGS * ENDINGS)

bool make_lines(Text *text)
{
    size_t count = text->count;
    Memory *memory = &text->memory;
    return (text->lines = own(memory, count, sizeof(Line))) != NULL &&
           (text->sums = own(memory, count + 1, sizeof(LineSums))) != NULL &&
           (text->usage = own(memory, count, sizeof(Usage))) != NULL &&
           (text->word_ends = own(memory, count, sizeof(size_t))) != NULL &&
           (text->there = own(memory, count, sizeof(uint8_t))) != NULL &&
           (text->run_begin = own(memory, count, sizeof(int64_t))) != NULL &&
           (text->run_end = own(memory, count, sizeof(int64_t))) != NULL &&
           (text->begin = own(memory, SPANS * count, sizeof(int64_t))) != NULL &&
           (text->end = own(memory, SPANS * count, sizeof(int64_t))) != NULL &&
           (text->keys = own(memory, count, sizeof(int32_t))) != NULL &&
           (text->room = own(memory, KEYS, sizeof(int64_t))) != NULL &&
           (text->of_group = own(memory, count, sizeof(double))) != NULL &&
           make_groups(&text->groups, memory, count);
}

bool make_words(Text *text, size_t words)
{
    Tokens *tokens = &text->tokens;
    size_t slots = 16;
    while (slots < 2 * words) {
        slots *= 2;
    }
    tokens->mask = slots - 1;
    tokens->slots = own(&text->memory, slots, sizeof *tokens->slots);
    tokens->known = own(&text->memory, words, sizeof *tokens->known);
    tokens->at = own(&text->memory, words, sizeof *tokens->at);
    tokens->seed = (uint64_t)(uintptr_t)tokens->slots ^ (uint64_t)(uintptr_t)text << 24;
    for (size_t slot = 0; tokens->slots != NULL && slot < slots; slot++) {
        tokens->slots[slot] = 0;
    }
    return tokens->slots != NULL && tokens->known != NULL && tokens->at != NULL;
}

void count_usage(Text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        text->there[i] = text->lines[i].words >= running_words;
    }
    count_tokens(&text->tokens, text->word_ends, text->there, text->count, text->usage);
}

void read_lines(Text *text)
{
    LineSums sums = {0, 0, 0, 0, 0, 0, 0, 0, 0};
    text->sums[0] = sums;
    for (size_t i = 0; i < text->count; i++) {
        Line *line = &text->lines[i];
        const Shape *shape = &line->shape;
        line->linked = line->linked < shape->chars ? line->linked : shape->chars;
        line->is_long = line->words >= long_words && line->linked < 0.4f * shape->chars;
        line->is_short = line->words <= short_words && !shape->ends_sentence;
        sums.words += line->words;
        sums.chars += shape->chars;
        sums.linked += line->linked;
        sums.marks += shape->marks;
        sums.is_long += line->is_long;
        sums.is_prose += line->is_prose;
        sums.is_furniture += line->is_furniture;
        sums.stopwords += text->usage[i].stopwords;
        sums.capital_words += shape->capital_words;
        text->sums[i + 1] = sums;
    }
}

/* For each line where its stretch begins and ends. */
static void find_spans(const uint8_t *starts, size_t count, int64_t *begin, int64_t *end)
{
    int64_t first = 0, last = (int64_t)count;
    for (size_t i = 0; i < count; i++) {
        first = starts[i] ? (int64_t)i : first;
        begin[i] = first;
    }
    for (size_t i = count; i-- > 0;) {
        end[i] = last;
        last = starts[i] ? (int64_t)i : last;
    }
}

/* Runs of lines that are all short, or all not. */
static void find_runs(Text *text)
{
    const Line *lines = text->lines;
    for (size_t i = 0; i < text->count; i++) {
        text->there[i] = i == 0 || lines[i].is_short != lines[i - 1].is_short;
    }
    find_spans(text->there, text->count, text->run_begin, text->run_end);
}

/* Headings, lines like headings over running text, and runs of short lines begin sections. */
static void find_sections(Text *text)
{
    size_t count = text->count;
    for (size_t i = 0; i < count; i++) {
        const Line *line = &text->lines[i];
        bool is_title = line->words <= title_words && !line->shape.ends_sentence &&
                        !line->is_prose && i + 1 < count && text->lines[i + 1].is_prose;
        bool is_menu = line->is_short && text->run_begin[i] == (int64_t)i &&
                       text->run_end[i] - text->run_begin[i] >= least_run;
        text->there[i] = i == 0 || line->kind == HEADING || is_title || is_menu;
        text->sections += text->there[i];
    }
    find_spans(text->there, count, text->begin + 2 * count, text->end + 2 * count);
}

void find_stretches(Text *text)
{
    static const size_t sizes_of_spans[] = {8, 32};
    size_t count = text->count;
    for (size_t span = 0; span < SPANS - 1; span++) {
        size_t size = sizes_of_spans[span];
        for (size_t i = 0; i < count; i++) {
            text->begin[span * count + i] = (int64_t)(i > size ? i - size : 0);
            text->end[span * count + i] = (int64_t)(i + size + 1 < count ? i + size + 1 : count);
        }
    }
    find_runs(text);
    find_sections(text);
}

void group_lines(Text *text)
{
    static const float steps[SIZES - 1] = {2, 4, 8, 16, 32};
    for (size_t i = 0; i < text->count; i++) {
        const Line *line = &text->lines[i];
        const Shape *shape = &line->shape;
        float most = LEVELS_OF_LINES - 1, level = line->level < most ? line->level : most;
        int32_t size = 0, key = line->kind * LEVELS_OF_LINES + (int32_t)(level > 0 ? level : 0);
        while (size < SIZES - 1 && line->words >= steps[size]) {
            size++;
        }
        key = key * SIZES + size;
        key = key * OPENINGS + shape->is_small + 2 * shape->is_capital + 3 * shape->is_digit;
        text->keys[i] = key * ENDINGS + shape->ends_sentence + 2 * shape->leads_on;
    }
    const int32_t *const keys[] = {text->keys};
    const size_t ranges[] = {KEYS};
    group(&text->groups, text->count, keys, ranges, 1, text->room);
}
