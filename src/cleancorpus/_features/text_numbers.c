/* The numbers of every line of a text, group by group in the order of text_names.GROUPS. Sums are of
 * doubles and each is rounded once, where numpy does it. */

#include "text.h"

static float *fill_line(const Text *text, float *rows)
{
    for (size_t i = 0; i < text->count; i++) {
        const Line *line = &text->lines[i];
        const Shape *shape = &line->shape;
        const Usage *usage = &text->usage[i];
        float words = line->words, chars = shape->chars;
        const float values[] = {
            words,
            chars,
            chars / words,
            shape->ends_sentence,
            shape->leads_on,
            shape->marks / words,
            shape->marks,
            shape->digits / chars,
            shape->capitals / chars,
            shape->capital_words / words,
            shape->signs / chars,
            line->linked / chars,
            usage->stopwords / words,
            usage->stopwords,
            usage->known,
            line->level,
            line->gap,
            i + 1 < text->count ? text->lines[i + 1].gap : 0,
            line->copies,
            usage->begins,
            usage->ends,
        };
        put(rows, text->count, i, values, 21);
    }
    return rows + 21 * text->count;
}

/* Where it stands in the text, and to the headline and the body. */
static float *fill_place(const Text *text, float *rows)
{
    const LineSums *sums = text->sums, *all = &sums[text->count];
    double count = (double)text->count, prose = all->is_prose > 1 ? all->is_prose : 1;
    for (size_t i = 0; i < text->count; i++) {
        double before = sums[i].words, at = (double)i;
        const float values[] = {
            (float)(at / count),
            (float)(before / all->words),
            (float)at,
            (float)(count - at),
            (float)before,
            (float)(all->words - before),
            (float)(at - (double)text->headline),
            (float)((int64_t)i - text->body_begin),
            (float)((int64_t)i - text->body_end),
            (float)(sums[i].is_prose / prose),
            (float)(1 - sums[i + 1].is_prose / prose),
        };
        put(rows, text->count, i, values, 11);
    }
    return rows + 11 * text->count;
}

/* How far long text, running text and furniture are. */
static float *fill_near(Text *text, float *rows)
{
    for (int of = 0; of < 3; of++) {
        for (size_t i = 0; i < text->count; i++) {
            const Line *line = &text->lines[i];
            text->there[i] = of == 0   ? line->is_long
                             : of == 1 ? line->is_prose
                                       : line->is_furniture;
        }
        rows = fill_distances(text->there, text->count, rows);
    }
    return rows;
}

static float *fill_window(const Text *text, float *rows, size_t size)
{
    size_t count = text->count;
    for (size_t i = 0; i < count; i++) {
        size_t begin = i > size ? i - size : 0, end = i + size + 1 < count ? i + size + 1 : count;
        const LineSums *upto = &text->sums[end], *from = &text->sums[begin];
        double width = (double)(end - begin), words = upto->words - from->words;
        const float values[] = {
            (float)(words / width),
            (float)((upto->is_long - from->is_long) / width),
            (float)((upto->is_prose - from->is_prose) / width),
            (float)((upto->marks - from->marks) / words),
            (float)((upto->stopwords - from->stopwords) / words),
            (float)((upto->is_furniture - from->is_furniture) / width),
            (float)((upto->capital_words - from->capital_words) / words),
            (float)((upto->linked - from->linked) / (upto->chars - from->chars)),
        };
        put(rows, count, i, values, 8);
    }
    return rows + 8 * count;
}

/* Long text and furniture among the lines before, and among those after. */
static float *fill_sides(const Text *text, float *rows)
{
    const size_t side = 12;
    for (size_t i = 0; i < text->count; i++) {
        size_t begin = i > side ? i - side : 0;
        size_t end = i + side + 1 < text->count ? i + side + 1 : text->count;
        const LineSums *first = &text->sums[begin], *here = &text->sums[i], *after = here + 1;
        const LineSums *last = &text->sums[end];
        const float values[] = {
            (float)((here->is_long - first->is_long) / (double)side),
            (float)((last->is_long - after->is_long) / (double)side),
            (float)((here->is_furniture - first->is_furniture) / (double)side),
            (float)((last->is_furniture - after->is_furniture) / (double)side),
        };
        put(rows, text->count, i, values, 4);
    }
    return rows + 4 * text->count;
}

/* The run of short lines that a line stands in; nothing for one that is not short. */
static float *fill_run(const Text *text, float *rows)
{
    for (size_t i = 0; i < text->count; i++) {
        int64_t begin = text->run_begin[i], end = text->run_end[i];
        const LineSums *upto = &text->sums[end], *from = &text->sums[begin];
        bool is_short = text->lines[i].is_short;
        double blocks = (double)(end - begin);
        const float values[] = {
            is_short ? (float)blocks : 0,
            is_short ? (float)((upto->words - from->words) / blocks) : 0,
            is_short ? (float)((upto->is_furniture - from->is_furniture) / blocks) : 0,
            is_short ? (float)((double)((int64_t)i - begin) / blocks) : 0,
        };
        put(rows, text->count, i, values, 4);
    }
    return rows + 4 * text->count;
}

static float *fill_section(const Text *text, float *rows)
{
    size_t count = text->count;
    for (size_t i = 0; i < count; i++) {
        int64_t begin = text->begin[2 * count + i], end = text->end[2 * count + i];
        const LineSums *upto = &text->sums[end], *from = &text->sums[begin];
        double blocks = (double)(end - begin), words = upto->words - from->words;
        const float values[] = {
            (float)blocks,
            (float)(words / text->sums[count].words),
            (float)(words / blocks),
            (float)((upto->is_long - from->is_long) / blocks),
            (float)((upto->marks - from->marks) / words),
            (float)((upto->is_furniture - from->is_furniture) / blocks),
            (float)((upto->linked - from->linked) / (upto->chars - from->chars)),
            (float)((double)((int64_t)i - begin) / blocks),
            begin == (int64_t)i,
        };
        put(rows, count, i, values, 9);
    }
    return rows + 9 * count;
}

static float *fill_group(const Text *text, float *rows)
{
    const Groups *groups = &text->groups;
    double *words = text->of_group;
    for (size_t at = 0; at < groups->count; at++) {
        words[at] = 0;
    }
    for (size_t i = 0; i < text->count; i++) {
        words[groups->of[i]] += text->lines[i].words;
    }
    for (size_t i = 0; i < text->count; i++) {
        int64_t of = groups->of[i];
        double size = (double)groups->sizes[of];
        const float values[] = {(float)size, (float)(words[of] / text->sums[text->count].words),
                                (float)(words[of] / size)};
        put(rows, text->count, i, values, 3);
    }
    return rows + 3 * text->count;
}

void fill_text(Text *text, float *rows)
{
    static const size_t windows[] = {2, 5, 12, 32};
    rows = fill_line(text, rows);
    rows = fill_place(text, rows);
    rows = fill_near(text, rows);
    for (size_t at = 0; at < sizeof windows / sizeof *windows; at++) {
        rows = fill_window(text, rows, windows[at]);
    }
    rows = fill_sides(text, rows);
    rows = fill_run(text, rows);
    rows = fill_section(text, rows);
    rows = fill_group(text, rows);
    fill_whole(text, rows);
}
