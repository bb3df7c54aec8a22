/* The page in the making: memory that grows, and class texts by number. */

#include <stdlib.h>
#include <string.h>

#include "page.h"

bool reserve(void **data, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity) {
        return true;
    }
    size_t grown = *capacity > 32 ? *capacity : 32;
    while (grown < wanted) {
        if (grown > SIZE_MAX / 2) {
            return false;
        }
        grown *= 2;
    }
    if (grown > SIZE_MAX / size) {
        return false;
    }
    void *moved = realloc(*data, grown * size);
    if (moved == NULL) {
        return false;
    }
    *data = moved;
    *capacity = grown;
    return true;
}

Status add_raw(Page *page, Span text)
{
    if (text.length > INT32_MAX || page->raw.length > INT32_MAX - text.length) {
        return NOT_MINE;
    }
    if (!RESERVE(&page->raw, text.length)) {
        return NO_MEMORY;
    }
    if (text.length > 0) {
        memcpy(page->raw.data + page->raw.length, text.data, text.length);
    }
    page->raw.length += text.length;
    return DONE;
}

Status add_integer(Integers *list, int32_t value)
{
    if (!RESERVE(list, 1)) {
        return NO_MEMORY;
    }
    list->data[list->length++] = value;
    return DONE;
}

Status add_found(Founds *list, Found found)
{
    if (!RESERVE(list, 1)) {
        return NO_MEMORY;
    }
    list->data[list->length++] = found;
    return DONE;
}

/* Seeded, and each step mixed: a page must not be able to put all its classes into one slot. */
static uint64_t hash_of(Span text, uint64_t seed)
{
    uint64_t hash = seed ^ text.length;
    for (size_t at = 0; at < text.length; at++) {
        hash = (hash ^ text.data[at]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash ^ hash >> 32;
}

static void put_class(Page *page, size_t entry)
{
    size_t slot = page->class_texts[entry].hash & (page->slot_count - 1);
    while (page->class_slots[slot] >= 0) {
        slot = (slot + 1) & (page->slot_count - 1);
    }
    page->class_slots[slot] = (int32_t)entry;
}

static Status grow_classes(Page *page)
{
    size_t count = page->slot_count == 0 ? 256 : page->slot_count * 2;
    int32_t *slots = count <= INT32_MAX ? malloc(count * sizeof *slots) : NULL;
    if (slots == NULL) {
        return NO_MEMORY;
    }
    memset(slots, -1, count * sizeof *slots);
    free(page->class_slots);
    page->class_slots = slots;
    page->slot_count = count;
    for (size_t entry = 0; entry < page->class_count; entry++) {
        put_class(page, entry);
    }
    return DONE;
}

/* The number of a class text, the same for the same text; 0 if it is blank. */
Status number_class(const Plan *plan, Page *page, Span text, int32_t *number)
{
    if (2 * page->class_count >= page->slot_count && grow_classes(page) != DONE) {
        return NO_MEMORY;
    }
    uint64_t hash = hash_of(text, page->seed);
    size_t slot = hash & (page->slot_count - 1);
    for (; page->class_slots[slot] >= 0; slot = (slot + 1) & (page->slot_count - 1)) {
        const ClassText *known = &page->class_texts[page->class_slots[slot]];
        if (known->hash == hash && known->text.length == text.length &&
            memcmp(known->text.data, text.data, text.length) == 0) {
            *number = known->number;
            return DONE;
        }
    }
    if (!reserve((void **)&page->class_texts, &page->class_capacity, page->class_count + 1,
                 sizeof *page->class_texts)) {
        return NO_MEMORY;
    }
    Span shown = stripped(first_chars(text, plan->class_chars));
    *number = shown.length > 0 ? (int32_t)page->classes.length + 1 : 0;
    page->class_texts[page->class_count] = (ClassText){text, hash, *number};
    page->class_slots[slot] = (int32_t)page->class_count++;
    return shown.length > 0 ? add_found(&page->classes, (Found){.text = shown}) : DONE;
}

void free_page(Page *page)
{
    for (int column = 0; column < ROW_COLUMNS; column++) {
        free(page->columns[column]);
    }
    for (int column = 0; column < BLOCK_COLUMNS; column++) {
        free(page->blocks[column]);
    }
    free(page->records);
    free(page->raw.data);
    free(page->classes.data);
    free(page->attributes.data);
    free(page->other_names.data);
    free(page->hidden_rows.data);
    free(page->class_texts);
    free(page->class_slots);
    free(page->shown.data);
    free(page->ends);
    free(page->hidden);
}
