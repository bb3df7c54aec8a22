/* The one pass over the tree, as collect.py makes it: no recursion, every growth checked. */

#include "walk.h"

#include <stdlib.h>
#include <string.h>

/* What a stack entry says of its element. */
enum { IS_INLINE = 1, IS_LINK = 2, IS_SPECIAL = 4 };

typedef struct {
    int32_t block; /* the row whose text goes on after a block-level element */
    int32_t flags;
} Open;

typedef struct {
    const Plan *plan;
    Page *page;
    bool read_noscript;
    size_t most_blocks;
    Open *stack;
    size_t depth, capacity;
    size_t buffer; /* where the raw text of the block in the making begins */
    int32_t row, block, link_chars, links, open_links, breaks, verbatim_open, looks;
} Walk;

/* What an element is read as. */
typedef struct {
    int32_t code;
    bool is_inline, is_link, is_hidden;
    const Node *child; /* to go down to, or NULL */
    Span text;         /* of its own, where there is no child */
} Reading;

/* What the attributes of an element come to. */
typedef struct {
    int32_t class_at;
    bool is_hidden, is_open;
} Marks;

static bool reserve(void **data, size_t *capacity, size_t wanted, size_t size)
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

/* Room for more items in a struct of data, length and capacity. */
#define RESERVE(list, more)                                                                       \
    reserve((void **)&(list)->data, &(list)->capacity, (list)->length + (more),                   \
            sizeof *(list)->data)

static Status add_raw(Page *page, Span text)
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

static Status add_integer(Integers *list, int32_t value)
{
    if (!RESERVE(list, 1)) {
        return NO_MEMORY;
    }
    list->data[list->length++] = value;
    return DONE;
}

static Status add_found(Founds *list, Found found)
{
    if (!RESERVE(list, 1)) {
        return NO_MEMORY;
    }
    list->data[list->length++] = found;
    return DONE;
}

static Status add_record(Walk *walk, Record record)
{
    Page *page = walk->page;
    if (page->record_count >= walk->most_blocks) {
        return NOT_MINE;
    }
    if (!reserve((void **)&page->records, &page->record_capacity, page->record_count + 1,
                 sizeof *page->records)) {
        return NO_MEMORY;
    }
    page->records[page->record_count++] = record;
    return DONE;
}

static bool has_buffer(const Walk *walk)
{
    return walk->page->raw.length > walk->buffer;
}

/* End the block in the making, if there is one. */
static Status flush(Walk *walk)
{
    if (!has_buffer(walk)) {
        return DONE;
    }
    Record record = {walk->buffer, walk->page->raw.length - walk->buffer, walk->block,
                     walk->link_chars, walk->links, false, false};
    walk->buffer = walk->page->raw.length;
    walk->link_chars = 0;
    return add_record(walk, record);
}

/* Class texts */

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
static Status number_class(const Plan *plan, Page *page, Span text, int32_t *number)
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

/* Attributes */

static bool is_named(const Named *named, Span name)
{
    return named->length == name.length && memcmp(named->bytes, name.data, name.length) == 0;
}

static int32_t meaning_of(const Named *known, size_t count, uintptr_t address, int32_t otherwise)
{
    Span name = name_at(address);
    for (size_t i = 0; i < count; i++) {
        if (is_named(&known[i], name)) {
            return known[i].meaning;
        }
    }
    return otherwise;
}

static int32_t attribute_meaning(const Plan *plan, const Attribute *attribute)
{
    uintptr_t number = attribute->qualified_name != 0 ? attribute->qualified_name
                                                      : attribute->node.local_name;
    if (number >= FIRST_ADDRESS) {
        return meaning_of(plan->attribute_names, plan->attribute_count, number, -1);
    }
    return number < NUMBERS ? plan->attributes[number] : -1;
}

/* Whether a style has the property, then a colon, then the value, in any case. */
static bool declares(Span style, const char *property, const char *value)
{
    const char *parts[] = {property, ":", value};
    for (size_t start = 0; start < style.length; start++) {
        size_t at = start, part = 0;
        for (; part < 3; part++) {
            while (part > 0 && at < style.length && memchr(" \t\n\r\f", style.data[at], 5)) {
                at++;
            }
            const char *sign = parts[part];
            while (*sign != 0 && at < style.length &&
                   (style.data[at] | (*sign == ':' ? 0 : 0x20)) == (unsigned char)*sign) {
                sign++;
                at++;
            }
            if (*sign != 0) {
                break;
            }
        }
        if (part == 3) {
            return true;
        }
    }
    return false;
}

static bool hides(Span style)
{
    return declares(style, "display", "none") || declares(style, "visibility", "hidden");
}

static Status read_attribute(Walk *walk, const Attribute *attribute, int32_t row, Marks *marks)
{
    Page *page = walk->page;
    const Plan *plan = walk->plan;
    int32_t meaning = attribute_meaning(plan, attribute);
    marks->is_hidden |= meaning == HIDDEN_ATTRIBUTE;
    marks->is_open |= meaning == OPEN;
    if (meaning < 0 || attribute->value == NULL || attribute->value->data == NULL ||
        attribute->value->length == 0) {
        return DONE;
    }
    Span value = *attribute->value;
    if (meaning == CLASS) {
        return number_class(plan, page, value, &marks->class_at);
    }
    if (meaning == STYLE) {
        marks->is_hidden |= hides(value);
    } else if (meaning >= FIRST_NOTED) {
        Found found = {row, meaning, 0, first_chars(value, plan->attribute_chars)};
        return add_found(&page->attributes, found);
    }
    return DONE;
}

static Status read_attributes(Walk *walk, const Node *node, int32_t row, Marks *marks)
{
    const Attribute *attribute = ((const Element *)node)->first_attribute;
    for (; attribute != NULL; attribute = attribute->next) {
        Status status = read_attribute(walk, attribute, row, marks);
        if (status != DONE) {
            return status;
        }
    }
    return marks->is_hidden ? add_integer(&walk->page->hidden_rows, row) : DONE;
}

/* Rows of elements */

static Status add_row(Walk *walk, int32_t tag, int32_t class_at)
{
    Page *page = walk->page;
    if (page->row_count == page->row_capacity) {
        size_t wanted = page->row_count + 1, capacity = 0;
        if (wanted >= INT32_MAX / 4) {
            return NOT_MINE;
        }
        for (int column = 0; column < ROW_COLUMNS; column++) {
            capacity = page->row_capacity;
            if (!reserve((void **)&page->columns[column], &capacity, wanted, sizeof(int32_t))) {
                return NO_MEMORY;
            }
        }
        page->row_capacity = capacity;
    }
    size_t row = page->row_count++;
    page->columns[PARENT][row] = walk->row;
    page->columns[TAG][row] = tag;
    page->columns[DEPTH][row] = row > 0 ? (int32_t)walk->depth + 1 : 0;
    page->columns[END][row] = (int32_t)page->row_count;
    page->columns[FIRST_BLOCK][row] = (int32_t)page->record_count;
    page->columns[END_BLOCK][row] = (int32_t)page->record_count;
    page->columns[CLASS_AT][row] = class_at;
    return DONE;
}

static uintptr_t name_number(const Node *node)
{
    const Element *element = (const Element *)node;
    return element->qualified_name != 0 ? element->qualified_name : node->local_name;
}

static Status note_other_name(Walk *walk, const Node *node, int32_t row)
{
    Found found = {row, 0, name_number(node), {NULL, 0}};
    if (found.number >= FIRST_ADDRESS) {
        found.text = first_chars(name_at(found.number), walk->plan->name_chars);
        found.number = 0;
    }
    return add_found(&walk->page->other_names, found);
}

/* Table rows */

static bool is_data_cell(const Page *page, const Plan *plan, int32_t at, int32_t row)
{
    return page->columns[PARENT][at] == row && (plan->roles[page->columns[TAG][at]] & CELL);
}

/* Whether a row holds data, and how many cells; a row that is the page's layout holds lists,
   headings, tables, long texts, or more than one block a cell. */
static bool is_data_row(const Walk *walk, int32_t row, int32_t end)
{
    const Page *page = walk->page;
    const Plan *plan = walk->plan;
    const int32_t *first = page->columns[FIRST_BLOCK], *last = page->columns[END_BLOCK];
    int32_t cells = 0, blocks = 0;
    if ((size_t)first[row] == page->record_count || end - row > plan->row_elements) {
        return false;
    }
    for (int32_t at = row + 1; at < end; at++) {
        if (plan->roles[page->columns[TAG][at]] & NOT_IN_DATA) {
            return false;
        }
        if (!is_data_cell(page, plan, at, row)) {
            continue;
        }
        cells++;
        blocks += last[at] - first[at];
        if (last[at] - first[at] > 1) {
            return false;
        }
        if (last[at] > first[at]) {
            const Record *record = &page->records[first[at]];
            Span text = {page->raw.data + record->start, record->length};
            if (record->length > (size_t)plan->cell_chars &&
                count_chars(text) > (size_t)plan->cell_chars) {
                return false;
            }
        }
    }
    return cells > 1 && (size_t)blocks == page->record_count - (size_t)first[row];
}

/* Add a cell to the text of its row, which is made at the end of the raw text. */
static Status add_cell(Page *page, int32_t at, bool is_first, Record *merged)
{
    static const unsigned char mark[2] = {0, 0};
    Status status = is_first ? DONE : add_raw(page, (Span){mark, 2});
    if (status != DONE || page->columns[FIRST_BLOCK][at] == page->columns[END_BLOCK][at]) {
        return status;
    }
    const Record *record = &page->records[page->columns[FIRST_BLOCK][at]];
    /* Reserved first, because the text to add lies in what may be moved. */
    if (!RESERVE(&page->raw, record->length)) {
        return NO_MEMORY;
    }
    size_t start = page->raw.length;
    status = add_raw(page, (Span){page->raw.data + record->start, record->length});
    for (size_t i = start; i < page->raw.length; i++) {
        if (page->raw.data[i] == 0) {
            page->raw.data[i] = ' ';
        }
    }
    merged->link_chars += record->link_chars;
    merged->links += record->links;
    return status;
}

/* Make one block of a data row's cells. */
static Status merge_row(Walk *walk, int32_t row, int32_t end)
{
    Page *page = walk->page;
    int32_t *first = page->columns[FIRST_BLOCK], *last = page->columns[END_BLOCK];
    int32_t start = first[row];
    if (!is_data_row(walk, row, end)) {
        return DONE;
    }
    Record merged = {page->raw.length, 0, row, 0, 0, true, false};
    bool is_first = true;
    for (int32_t at = row + 1; at < end; at++) {
        if (is_data_cell(page, walk->plan, at, row)) {
            Status status = add_cell(page, at, is_first, &merged);
            if (status != DONE) {
                return status;
            }
            is_first = false;
        }
    }
    merged.length = page->raw.length - merged.start;
    walk->buffer = page->raw.length;
    page->record_count = (size_t)start + 1;
    page->records[start] = merged;
    for (int32_t at = row + 1; at < end; at++) {
        bool is_empty = first[at] == last[at];
        first[at] = start + (is_empty && first[at] > start);
        last[at] = first[at] + !is_empty;
    }
    return DONE;
}

/* Elements */

static Status close_special(Walk *walk, int32_t end)
{
    Page *page = walk->page;
    int32_t role = walk->plan->roles[page->columns[TAG][walk->row]];
    if (role & ROW) {
        return merge_row(walk, walk->row, end);
    }
    if ((role & VERBATIM) && --walk->verbatim_open == 0) {
        for (size_t i = (size_t)page->columns[FIRST_BLOCK][walk->row]; i < page->record_count;
             i++) {
            page->records[i].is_verbatim = true;
        }
    }
    return DONE;
}

static Status close_element(Walk *walk)
{
    Page *page = walk->page;
    Open open = walk->stack[--walk->depth];
    int32_t row = walk->row, end = (int32_t)page->row_count;
    page->columns[END][row] = end;
    if (open.flags & IS_INLINE) {
        walk->open_links -= (open.flags & IS_LINK) != 0;
    } else {
        Status status = flush(walk);
        walk->links = 0;
        if (status == DONE && (open.flags & IS_SPECIAL)) {
            status = close_special(walk, end);
        }
        if (status != DONE) {
            return status;
        }
        walk->block = open.block;
    }
    page->columns[END_BLOCK][row] = (int32_t)page->record_count;
    walk->row = page->columns[PARENT][row];
    return DONE;
}

static Span text_of(const Node *node)
{
    Span none = {(const unsigned char *)"", 0};
    Span text = ((const CharacterData *)node)->text;
    return node->type == TEXT_NODE && text.data != NULL ? text : none;
}

static int32_t action_of(const Plan *plan, const Node *node)
{
    uintptr_t number = node->local_name;
    if (number >= FIRST_ADDRESS) {
        return meaning_of(plan->tags, plan->tag_count, name_number(node), UNKNOWN);
    }
    return number < NUMBERS ? plan->actions[number] : UNKNOWN;
}

/* The next node in document order below `top`, or NULL; `is_passed` leaves out what is below. */
static const Node *next_below(const Node *top, const Node *node, bool is_passed)
{
    if (!is_passed && node->first_child != NULL) {
        return node->first_child;
    }
    while (node->next == NULL) {
        node = node->parent;
        if (node == top) {
            return NULL;
        }
    }
    return node->next;
}

static bool has_any_text(const Plan *plan, const Node *top)
{
    const Node *node = top->first_child;
    for (; node != NULL; node = next_below(top, node, false)) {
        if (node->local_name == plan->text && !is_blank(text_of(node))) {
            return true;
        }
    }
    return false;
}

/* Whether a drawing has text that is drawn, which its title and its style are not. */
static bool is_drawn(Walk *walk, const Node *top)
{
    const Plan *plan = walk->plan;
    if (top->first_child == NULL || !has_any_text(plan, top)) {
        return false;
    }
    const Node *node = top->first_child;
    while (node != NULL) {
        if (++walk->looks > plan->looked_at) {
            walk->looks = plan->looked_at;
            return true;
        }
        bool is_text = node->local_name == plan->text;
        if (is_text && !is_blank(text_of(node))) {
            return true;
        }
        node = next_below(top, node, !is_text && action_of(plan, node) == SKIP);
    }
    return false;
}

/* What a frame holds is left as text by the parser. Where that is markup, or may hold character
   references, it takes a second parser, and the Python walk serves the page. */
static Status read_frame(const Plan *plan, const Node *node, Reading *reading)
{
    const Node *child = node->first_child;
    if (child != NULL && child->type != TEXT_NODE) {
        return NOT_MINE;
    }
    Span text = child != NULL ? text_of(child) : (Span){(const unsigned char *)"", 0};
    if (text.length > 0 && (memchr(text.data, '<', text.length) != NULL ||
                            memchr(text.data, '&', text.length) != NULL)) {
        return NOT_MINE;
    }
    reading->code = plan->codes[node->local_name];
    reading->is_inline = is_blank(text);
    if (!reading->is_inline) {
        reading->text = text;
    }
    return DONE;
}

static Status resolve(Walk *walk, const Node *node, int32_t action, Reading *reading)
{
    const Plan *plan = walk->plan;
    reading->child = node->first_child;
    switch (action) {
    case UNDRAWN:
        reading->is_hidden = true;
        return DONE;
    case UNKNOWN:
        return DONE;
    case DRAWING:
        reading->code = plan->svg_code;
        reading->is_inline = true;
        reading->child = is_drawn(walk, node) ? node->first_child : NULL;
        return DONE;
    case MARKUP_AS_TEXT:
        reading->child = NULL;
        return read_frame(plan, node, reading);
    case NOSCRIPT:
        reading->code = plan->noscript_code;
        reading->is_inline = !walk->read_noscript;
        reading->child = walk->read_noscript ? node->first_child : NULL;
        return DONE;
    default:
        reading->code = action % INLINE;
        reading->is_inline = action >= INLINE;
        return DONE;
    }
}

/* Do at a block-level element's begin what only few of them need. */
static Status open_special(Walk *walk, const Node *node, const Reading *reading, Marks marks,
                           int32_t row)
{
    int32_t role = walk->plan->roles[reading->code];
    bool is_hidden = reading->is_hidden;
    if (reading->code == 0) {
        Status status = note_other_name(walk, node, row);
        if (status != DONE) {
            return status;
        }
    } else {
        is_hidden = (role & HIDDEN) && !((role & SHOWN_IF_OPEN) && marks.is_open);
        walk->verbatim_open += (role & VERBATIM) && reading->child != NULL;
    }
    return is_hidden ? add_integer(&walk->page->hidden_rows, row) : DONE;
}

static Status push(Walk *walk, Open open, int32_t row)
{
    if (!reserve((void **)&walk->stack, &walk->capacity, walk->depth + 1, sizeof *walk->stack)) {
        return NO_MEMORY;
    }
    walk->stack[walk->depth++] = open;
    walk->row = row;
    return DONE;
}

static Status open_inline(Walk *walk, const Reading *reading, int32_t class_at, int32_t row)
{
    Status status = add_row(walk, reading->code, class_at);
    if (status != DONE || reading->child == NULL) {
        return status;
    }
    walk->links += reading->is_link;
    walk->open_links += reading->is_link;
    return push(walk, (Open){0, IS_INLINE | (reading->is_link ? IS_LINK : 0)}, row);
}

static Status open_block(Walk *walk, const Node *node, const Reading *reading, Marks marks,
                         int32_t row)
{
    bool is_special = reading->code == 0 || (walk->plan->roles[reading->code] &
                                             (VERBATIM | HIDDEN | ROW)) != 0;
    Status status = flush(walk);
    walk->links = 0;
    if (status == DONE) {
        status = add_row(walk, reading->code, marks.class_at);
    }
    if (status == DONE && is_special) {
        status = open_special(walk, node, reading, marks, row);
    }
    if (status != DONE) {
        return status;
    }
    if (reading->child != NULL) {
        status = push(walk, (Open){walk->block, is_special ? IS_SPECIAL : 0}, row);
        walk->block = row;
        return status;
    }
    if (reading->text.length > 0) {
        int32_t chars = walk->open_links > 0 ? squeezed_chars(reading->text) : 0;
        Record record = {walk->buffer, reading->text.length, row, chars, 0, false, false};
        walk->breaks = 0;
        status = add_raw(walk->page, reading->text);
        walk->buffer = walk->page->raw.length;
        status = status == DONE ? add_record(walk, record) : status;
        walk->page->columns[END_BLOCK][row] = (int32_t)walk->page->record_count;
    }
    return status;
}

/* Add an element's row; `child` is what to go down to, or NULL. */
static Status open_element(Walk *walk, const Node *node, int32_t action, const Node **child)
{
    Reading reading = {0, false, node->local_name == walk->plan->link, false, NULL, {NULL, 0}};
    Marks marks = {0, false, false};
    int32_t row = (int32_t)walk->page->row_count;
    Status status = node->type == ELEMENT_NODE ? resolve(walk, node, action, &reading) : NOT_MINE;
    /* A link's attributes say where it leads, not what it is for. */
    if (status == DONE && !reading.is_link) {
        status = read_attributes(walk, node, row, &marks);
    }
    if (status != DONE) {
        return status;
    }
    *child = reading.child;
    /* What is hidden is no part of the paragraph around it. */
    if (reading.is_inline && !marks.is_hidden) {
        return open_inline(walk, &reading, marks.class_at, row);
    }
    return open_block(walk, node, &reading, marks, row);
}

static Status read_text(Walk *walk, const Node *node)
{
    Span text = text_of(node);
    if (is_blank(text)) {
        return has_buffer(walk) ? add_raw(walk->page, text) : DONE;
    }
    walk->breaks = 0;
    if (walk->open_links > 0) {
        walk->link_chars += squeezed_chars(text);
    }
    return add_raw(walk->page, text);
}

static Status read_break(Walk *walk)
{
    static const unsigned char mark[1] = {0};
    walk->breaks++;
    if (!has_buffer(walk)) {
        return DONE;
    }
    if (walk->breaks > 1 && walk->verbatim_open == 0) {
        Status status = flush(walk);
        walk->links = 0;
        return status;
    }
    return add_raw(walk->page, (Span){mark, 1});
}

/* Read a node; `child` is what to go down to, or NULL. */
static Status read_node(Walk *walk, const Node *node, const Node **child)
{
    if (node->local_name == walk->plan->text) {
        return read_text(walk, node);
    }
    int32_t action = action_of(walk->plan, node);
    switch (action) {
    case SKIP:
        return DONE;
    case BREAK:
        return read_break(walk);
    default:
        return open_element(walk, node, action, child);
    }
}

static Status walk_below(Walk *walk, const Node *root)
{
    const Node *node = root->first_child, *parent = root;
    for (;;) {
        if (node == NULL) {
            if (walk->depth == 0) {
                return DONE;
            }
            Status status = close_element(walk);
            if (status != DONE) {
                return status;
            }
            node = parent->next;
            parent = parent->parent;
            continue;
        }
        const Node *child = NULL;
        Status status = read_node(walk, node, &child);
        if (status != DONE) {
            return status;
        }
        if (child != NULL) {
            parent = node;
            node = child;
        } else {
            node = node->next;
        }
    }
}

Status walk_page(const Plan *plan, const Node *root, bool read_noscript, size_t most_blocks,
                 Page *page)
{
    Walk walk = {.plan = plan, .page = page, .read_noscript = read_noscript,
                 .most_blocks = most_blocks, .row = -1};
    Marks marks = {0, false, false};
    page->seed = (uint64_t)(uintptr_t)page ^ (uint64_t)(uintptr_t)root << 24;
    Status status = read_attributes(&walk, root, 0, &marks);
    if (status == DONE) {
        status = add_row(&walk, plan->actions[root->local_name], marks.class_at);
    }
    if (status == DONE) {
        walk.row = 0;
        status = walk_below(&walk, root);
    }
    if (status == DONE) {
        page->columns[END][0] = (int32_t)page->row_count;
        page->columns[END_BLOCK][0] = (int32_t)page->record_count;
    }
    free(walk.stack);
    return status;
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
