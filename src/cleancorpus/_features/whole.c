/* A text as a whole, what is zero or one of its lines, and which is like a title. */

#include "text.h"

/* How many lines have what the shares below are of, and the words of those. */
typedef struct {
    double longest, prose_words, long_words, shorts, asides, sentences, gaps, kinds[LINE_KINDS];
} Whole;

static Whole whole_of(const Text *text)
{
    Whole whole = {0};
    for (size_t i = 0; i < text->count; i++) {
        const Line *line = &text->lines[i];
        whole.longest = line->words > whole.longest ? line->words : whole.longest;
        whole.prose_words += line->is_prose ? line->words : 0;
        whole.long_words += line->is_long ? line->words : 0;
        whole.shorts += line->is_short;
        whole.asides += line->is_aside;
        whole.sentences += line->shape.ends_sentence;
        whole.gaps += line->gap > 0;
        whole.kinds[line->kind]++;
    }
    return whole;
}

void fill_whole(const Text *text, float *rows)
{
    const LineSums *sums = &text->sums[text->count];
    const Whole whole = whole_of(text);
    double count = (double)text->count;
    const float values[] = {
        (float)sums->words,
        (float)count,
        (float)whole.longest,
        (float)sums->is_prose,
        (float)(whole.prose_words / sums->words),
        (float)(whole.long_words / sums->words),
        (float)(whole.shorts / count),
        (float)sums->is_furniture,
        (float)(sums->is_furniture / count),
        (float)(whole.asides / count),
        (float)(sums->linked / sums->chars),
        (float)(sums->stopwords / sums->words),
        (float)(sums->marks / sums->words),
        (float)(sums->capital_words / sums->words),
        (float)(whole.sentences / count),
        (float)(whole.kinds[HEADING] / count),
        (float)(whole.kinds[LIST_ITEM] / count),
        (float)(whole.kinds[TABLE_ROW] / count),
        (float)(whole.gaps / count),
        (float)(1 - (double)text->distinct / count),
        (float)((double)(text->body_end - text->body_begin) / count),
        (float)text->sections,
    };
    for (size_t row = 0; row < sizeof values / sizeof *values; row++) {
        for (size_t i = 0; i < text->count; i++) {
            rows[row * text->count + i] = values[row];
        }
    }
}

void fill_switches(const Text *text, uint8_t *switches)
{
    for (size_t i = 0; i < text->count; i++) {
        const Line *line = &text->lines[i];
        for (int32_t kind = 0; kind < LINE_KINDS; kind++) {
            *switches++ = line->kind == kind;
        }
        *switches++ = line->shape.is_small;
        *switches++ = line->shape.is_capital;
        *switches++ = line->shape.is_digit;
        *switches++ = line->is_item;
        *switches++ = line->is_indented;
        for (int bit = 0; bit < 2 * CATEGORIES; bit++) {
            *switches++ = line->phrases >> bit & 1;
        }
        *switches++ = line->is_date;
        *switches++ = line->is_prose;
        *switches++ = line->is_furniture;
        *switches++ = line->is_aside;
    }
}

/* See _titles in text_features.py. */
static float title_of(const Line *line, const Usage *usage, bool is_heading)
{
    if (line->phrases != 0 || line->is_date) {
        return -1;
    }
    if (line->words > 24 || line->is_address) {
        return 0;
    }
    float others = line->words - usage->stopwords;
    float title = usage->known < 0.25f ? 0 : usage->known * (others > 0 ? others : 0);
    title += line->is_headline ? 2 : 0;
    return title + (is_heading ? 4 : 0);
}

void fill_titles(const Text *text, float *titles)
{
    for (size_t i = 0; i < text->count; i++) {
        const Line *line = &text->lines[i];
        bool is_heading = i == text->headline && line->kind == HEADING;
        titles[i] = title_of(line, &text->usage[i], is_heading);
    }
}
