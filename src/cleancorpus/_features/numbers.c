/* The numbers of every block, group by group in the order of names.GROUPS. Sums are of doubles and
 * each is rounded once, where numpy does it. */

#include "features.h"

static const int64_t far_distance = 999; /* blocks; where none is before or after */
static const float far_words = 8103, far_blocks = 1096;

void put(float *rows, size_t count, size_t block, const float *values, size_t many)
{
    for (size_t row = 0; row < many; row++) {
        rows[row * count + block] = values[row];
    }
}

static float *fill_shape(const Page *page, float *rows)
{
    for (size_t i = 0; i < page->count; i++) {
        const Block *it = &page->blocks[i];
        const float values[] = {
            it->words,
            it->chars,
            it->linked / it->chars,
            (float)page->links[i],
            it->chars / it->words,
            it->ends_sentence,
            it->marks / it->words,
            it->marks,
            it->digits / it->chars,
            it->capitals / it->chars,
            page->copies[i],
        };
        put(rows, page->count, i, values, 11);
    }
    return rows + 11 * page->count;
}

/* Where it stands on the page, and to the headline. */
static float *fill_place(const Page *page, float *rows)
{
    double count = (double)page->count, total = page->sums[page->count].words;
    double headline = page->sums[page->headline].words;
    for (size_t i = 0; i < page->count; i++) {
        double before = page->sums[i].words, at = (double)i;
        const float values[] = {
            (float)(at / count),
            (float)(before / total),
            (float)at,
            (float)(count - at),
            (float)before,
            (float)(total - before),
            (float)(at - (double)page->headline),
            (float)(before - headline),
        };
        put(rows, page->count, i, values, 8);
    }
    return rows + 8 * page->count;
}

static float *fill_heading(const Page *page, float *rows)
{
    float level = 0;
    size_t last = 0;
    for (size_t i = 0; i < page->count; i++) {
        float own = page->tables->level[page->tags[page->element[i]]];
        if (own > 0) {
            level = own;
            last = i;
        }
        double words = page->sums[i].words - page->sums[last].words;
        const float values[] = {level > 0 ? (float)(i - last) : far_blocks,
                                level > 0 ? (float)words : far_words, level};
        put(rows, page->count, i, values, 3);
    }
    return rows + 3 * page->count;
}

static float *fill_footer(const Page *page, float *rows)
{
    const Tree *tree = &page->tree;
    int64_t footer = (int64_t)page->count;
    for (size_t row = 0; row < tree->count; row++) {
        if (page->tags[row] == page->tables->footer && tree->end[row] > tree->begin[row]) {
            footer = tree->begin[row];
            break;
        }
    }
    for (size_t i = 0; i < page->count; i++) {
        rows[i] = (float)((int64_t)i - footer);
    }
    return rows + page->count;
}

static bool is_long(const Block *block)
{
    return block->words >= 20 && block->linked < 0.3f * block->chars;
}

float *fill_distances(const uint8_t *there, size_t count, float *rows)
{
    int64_t coming = far_distance, last = far_distance;
    for (size_t i = count; i-- > 0;) {
        coming = there[i] ? 0 : coming;
        rows[i] = (float)coming;
        coming += coming < far_distance;
    }
    for (size_t i = 0; i < count; i++) {
        last = there[i] ? 0 : last;
        rows[count + i] = (float)last;
        last += last < far_distance;
    }
    return rows + 2 * count;
}

static float *fill_long(Page *page, float *rows)
{
    for (size_t i = 0; i < page->count; i++) {
        page->there[i] = is_long(&page->blocks[i]);
    }
    return fill_distances(page->there, page->count, rows);
}

static float *fill_window(const Page *page, float *rows, size_t size)
{
    size_t count = page->count;
    for (size_t i = 0; i < count; i++) {
        size_t begin = i > size ? i - size : 0, end = i + size + 1 < count ? i + size + 1 : count;
        const Sums *upto = &page->sums[end], *from = &page->sums[begin];
        double width = (double)(end - begin), words = upto->words - from->words;
        const float values[] = {
            (float)(words / width),
            (float)((upto->linked - from->linked) / (upto->chars - from->chars)),
            (float)((upto->is_long - from->is_long) / width),
            (float)((upto->marks - from->marks) / words),
        };
        put(rows, page->count, i, values, 4);
    }
    return rows + 4 * count;
}

static float *fill_containers(const Page *page, float *rows, int level)
{
    double total = page->sums[page->count].words;
    for (size_t i = 0; i < page->count; i++) {
        int64_t row = page->blocks[i].path[level];
        int64_t begin = page->tree.begin[row], many = page->tree.end[row] - begin;
        const Sums *upto = &page->sums[begin + many], *from = &page->sums[begin];
        double words = upto->words - from->words, blocks = (double)many;
        const float values[] = {
            (float)(words / total),
            (float)((upto->linked - from->linked) / (upto->chars - from->chars)),
            (float)(words / blocks),
            (float)((upto->long_words - from->long_words) / words),
            (float)((upto->prose_words - from->prose_words) / words),
            (float)((upto->marks - from->marks) / words),
            (float)blocks,
            (float)((double)((int64_t)i - begin) / (double)(many > 2 ? many - 1 : 1)),
        };
        put(rows, page->count, i, values, 8);
    }
    return rows + 8 * page->count;
}

/* How many siblings look like the element or one of the three around it; the containers around. */
static float *fill_repeats(const Page *page, float *rows)
{
    for (size_t i = 0; i < page->count; i++) {
        size_t row = (size_t)page->element[i];
        int32_t most = page->alike[row];
        for (int climbed = 0; climbed < 3; climbed++) {
            row = parent_of(page, row);
            most = page->alike[row] > most ? page->alike[row] : most;
        }
        rows[i] = (float)most;
        rows[page->count + i] = (float)page->tree.depth[page->element[i]];
    }
    return rows + 2 * page->count;
}

static float *fill_group(const Page *page, float *rows)
{
    const Groups *groups = &page->groups;
    size_t many = groups->count, count = page->count;
    double *words = page->of_group, *linked = words + many, *chars = linked + many;
    for (size_t at = 0; at < 3 * many; at++) {
        words[at] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        words[groups->of[i]] += page->blocks[i].words;
        linked[groups->of[i]] += page->blocks[i].linked;
        chars[groups->of[i]] += page->blocks[i].chars;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t of = groups->of[i];
        double size = (double)groups->sizes[of];
        const float values[] = {(float)size, (float)(words[of] / page->sums[count].words),
                                (float)(linked[of] / chars[of]), (float)(words[of] / size)};
        put(rows, page->count, i, values, 4);
    }
    return rows + 4 * count;
}

void fill_numbers(Page *page, float *rows)
{
    static const size_t windows[] = {2, 5, 12};
    rows = fill_shape(page, rows);
    rows = fill_place(page, rows);
    rows = fill_heading(page, rows);
    rows = fill_footer(page, rows);
    rows = fill_long(page, rows);
    for (size_t at = 0; at < sizeof windows / sizeof *windows; at++) {
        rows = fill_window(page, rows, windows[at]);
    }
    for (int level = 0; level < LEVELS; level++) {
        rows = fill_containers(page, rows, level);
    }
    rows = fill_top(page, rows);
    rows = fill_headline_tree(page, rows);
    count_siblings(page);
    rows = fill_repeats(page, rows);
    group_paths(page);
    fill_group(page, rows);
}
