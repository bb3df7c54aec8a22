/* The one pass over the tree, as collect.py makes it: no recursion, every growth checked. */

#include <stdlib.h>

#include "page.h"

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
    int32_t row, block, link_chars, links, open_links, breaks, verbatim_open;
} Walk;

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

static Status note_other_name(Walk *walk, const Node *node, int32_t row)
{
    Found found = {row, 0, name_number(node), {NULL, 0}};
    if (found.number != node->local_name && found.number < FIRST_ADDRESS) {
        return NOT_MINE; /* no document has been seen to have such a name */
    }
    if (found.number >= FIRST_ADDRESS) {
        found.text = first_chars(name_at(found.number), walk->plan->name_chars);
        found.number = 0;
    }
    return add_found(&walk->page->other_names, found);
}

/* Elements */

static Status close_special(Walk *walk, int32_t end)
{
    Page *page = walk->page;
    int32_t role = walk->plan->roles[page->columns[TAG][walk->row]];
    if (role & ROW) {
        Status status = merge_row(walk->plan, page, walk->row, end);
        walk->buffer = page->raw.length;
        return status;
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
    Status status = NOT_MINE;
    if (node->type == ELEMENT_NODE) {
        status = resolve(walk->plan, walk->page, node, action, walk->read_noscript, &reading);
    }
    /* A link's attributes say where it leads, not what it is for. */
    if (status == DONE && !reading.is_link) {
        status = read_attributes(walk->plan, walk->page, node, row, &marks);
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
    if (root->type != ELEMENT_NODE || root->local_name >= NUMBERS) {
        return NOT_MINE;
    }
    Status status = read_attributes(plan, page, root, 0, &marks);
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
