/* A page as the numbers read it: its tree, its blocks, and sums over the blocks. */

#include "features.h"

bool are_below(const int32_t *column, size_t count, size_t limit)
{
    for (size_t i = 0; i < count; i++) {
        if (column[i] < 0 || (size_t)column[i] >= limit) {
            return false;
        }
    }
    return true;
}

const char *check_page(const Page *page)
{
    const Tree *tree = &page->tree;
    if (page->count == 0 || page->count > MOST_ROWS || tree->count > MOST_ROWS) {
        return "a page needs a block, and has not so many rows";
    }
    if (!are_below(page->codes, tree->count, page->tables->codes) ||
        !are_below(page->class_at, tree->count, page->classes)) {
        return "an element has a tag or class that is not in the tables";
    }
    if (!are_below(tree->end, tree->count, page->count + 1) ||
        !are_below(tree->begin, tree->count, page->count + 1)) {
        return "an element holds blocks that are not there";
    }
    if (!are_below(page->element, page->count, tree->count) || page->headline >= page->count) {
        return "a block's element or the headline is not there";
    }
    return NULL;
}

bool make_room(Page *page)
{
    size_t blocks = page->count, elements = page->tree.count;
    size_t most = blocks > elements ? blocks : elements;
    Memory *memory = &page->memory;
    return (page->tree.outer = own(memory, elements, sizeof(int64_t))) != NULL &&
           (page->tree.depth = own(memory, elements, sizeof(int64_t))) != NULL &&
           (page->tree.above = own(memory, elements, sizeof(int64_t))) != NULL &&
           (page->bits = own(memory, elements, sizeof(int64_t))) != NULL &&
           (page->top = own(memory, elements, sizeof(int64_t))) != NULL &&
           (page->votes = own(memory, elements, sizeof(double))) != NULL &&
           (page->tags = own(memory, elements, sizeof(int32_t))) != NULL &&
           (page->first = own(memory, elements, sizeof(int32_t))) != NULL &&
           (page->class_bits = own(memory, page->classes, sizeof(int64_t))) != NULL &&
           (page->first_of = own(memory, page->classes, sizeof(int32_t))) != NULL &&
           (page->alike = own(memory, elements, sizeof(int32_t))) != NULL &&
           (page->blocks = own(memory, blocks, sizeof(Block))) != NULL &&
           (page->sums = own(memory, blocks + 1, sizeof(Sums))) != NULL &&
           (page->keys = own(memory, 4 * most, sizeof(int32_t))) != NULL &&
           (page->room = own(memory, most + page->classes + TAG_CODES, sizeof(int64_t))) != NULL &&
           (page->of_group = own(memory, 3 * blocks, sizeof(double))) != NULL &&
           (page->there = own(memory, blocks, sizeof(uint8_t))) != NULL &&
           make_groups(&page->groups, memory, most);
}

void read_tags(Page *page)
{
    for (size_t row = 0; row < page->tree.count; row++) {
        int32_t tag = page->tables->code_of[page->codes[row]];
        page->tags[row] = tag;
        page->first[row] = page->first_of[page->class_at[row]];
        page->bits[row] = page->tables->bits[tag] | page->class_bits[page->class_at[row]];
    }
    page->tree.bits = page->bits;
}

/* What a block adds to the sums that windows and containers take differences of. */
static void add(Sums *sums, const Block *block, bool is_prose)
{
    bool is_long = block->words >= 12 && block->linked < 0.4f * block->chars;
    sums->words += block->words;
    sums->chars += block->chars;
    sums->linked += block->linked;
    sums->marks += block->marks;
    sums->is_long += is_long;
    sums->long_words += is_long ? block->words : 0;
    sums->prose_words += is_prose ? block->words : 0;
}

void read_blocks(Page *page)
{
    Sums sums = {0, 0, 0, 0, 0, 0, 0};
    page->sums[0] = sums;
    for (size_t i = 0; i < page->count; i++) {
        Block *block = &page->blocks[i];
        float words = (float)page->words[i], linked = (float)page->link_chars[i];
        block->words = words > 1 ? words : 1;
        block->linked = linked < block->chars ? linked : block->chars;
        add(&sums, block, page->tables->is_prose[page->tags[page->element[i]]]);
        page->sums[i + 1] = sums;
        int64_t row = page->element[i];
        for (int level = 0; level < LEVELS; level++) {
            block->path[level] = row = page->tree.outer[row];
        }
    }
}

/* The element around; the outermost has itself around it. */
size_t parent_of(const Page *page, size_t row)
{
    return row > 0 ? (size_t)page->tree.parent[row] : 0;
}
