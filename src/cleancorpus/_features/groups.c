/* Numbering what is alike, by sorting in steps that are linear whatever the page holds. */

#include <string.h>

#include "features.h"

/* Sorts the order by a key under `range`, so that what is alike keeps its order. */
static void sort_by(Groups *groups, size_t count, const int32_t *keys, size_t range, int64_t *room)
{
    memset(room, 0, range * sizeof *room);
    for (size_t i = 0; i < count; i++) {
        room[keys[i]]++;
    }
    int64_t before = 0;
    for (size_t key = 0; key < range; key++) {
        int64_t many = room[key];
        room[key] = before;
        before += many;
    }
    for (size_t i = 0; i < count; i++) {
        groups->spare[room[keys[groups->order[i]]]++] = groups->order[i];
    }
    int64_t *sorted = groups->spare;
    groups->spare = groups->order;
    groups->order = sorted;
}

bool make_groups(Groups *groups, Memory *memory, size_t rows)
{
    return (groups->of = own(memory, rows, sizeof(int64_t))) != NULL &&
           (groups->sizes = own(memory, rows, sizeof(int64_t))) != NULL &&
           (groups->starts = own(memory, rows, sizeof(int64_t))) != NULL &&
           (groups->order = own(memory, rows, sizeof(int64_t))) != NULL &&
           (groups->spare = own(memory, rows, sizeof(int64_t))) != NULL;
}

void group(Groups *groups, size_t count, const int32_t *const *keys, const size_t *ranges, int many,
           int64_t *room)
{
    for (size_t i = 0; i < count; i++) {
        groups->order[i] = (int64_t)i;
    }
    for (int key = 0; key < many; key++) {
        sort_by(groups, count, keys[key], ranges[key], room);
    }
    groups->count = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_alike = i > 0;
        for (int key = 0; is_alike && key < many; key++) {
            is_alike = keys[key][groups->order[i]] == keys[key][groups->order[i - 1]];
        }
        if (!is_alike) {
            groups->starts[groups->count] = (int64_t)i;
            groups->sizes[groups->count++] = 0;
        }
        groups->sizes[groups->count - 1]++;
        groups->of[groups->order[i]] = (int64_t)groups->count - 1;
    }
}

void count_siblings(Page *page)
{
    size_t count = page->tree.count;
    for (size_t row = 0; row < count; row++) {
        page->keys[row] = (int32_t)parent_of(page, row);
    }
    const int32_t *const keys[] = {page->tags, page->first, page->keys};
    const size_t ranges[] = {TAG_CODES, page->classes + 1, count};
    group(&page->groups, count, keys, ranges, 3, page->room);
    for (size_t row = 0; row < count; row++) {
        page->alike[row] = (int32_t)page->groups.sizes[page->groups.of[row]];
    }
}

void group_paths(Page *page)
{
    size_t count = page->count;
    int32_t *const parts[] = {page->keys, page->keys + count, page->keys + 2 * count,
                              page->keys + 3 * count};
    for (size_t i = 0; i < count; i++) {
        size_t row = (size_t)page->element[i], around = parent_of(page, row);
        parts[0][i] = page->tags[around];
        parts[1][i] = page->first[around];
        parts[2][i] = page->tags[row];
        parts[3][i] = page->first[row];
    }
    const int32_t *const keys[] = {parts[0], parts[1], parts[2], parts[3]};
    const size_t ranges[] = {TAG_CODES, page->classes + 1, TAG_CODES, page->classes + 1};
    group(&page->groups, count, keys, ranges, 4, page->room);
}
