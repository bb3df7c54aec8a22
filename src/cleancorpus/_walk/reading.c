/* What an element is read as, and what to go down to; see `_resolve` in collect.py. */

#include <string.h>

#include "page.h"

uintptr_t name_number(const Node *node)
{
    const Element *element = (const Element *)node;
    return element->qualified_name != 0 ? element->qualified_name : node->local_name;
}

Span text_of(const Node *node)
{
    static const Span none = {(const unsigned char *)"", 0};
    if (node->type != TEXT_NODE) {
        return none;
    }
    Span text = ((const CharacterData *)node)->text;
    return text.data != NULL ? text : none;
}

int32_t action_of(const Plan *plan, const Node *node)
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
static bool is_drawn(const Plan *plan, Page *page, const Node *top)
{
    if (top->first_child == NULL || !has_any_text(plan, top)) {
        return false;
    }
    const Node *node = top->first_child;
    while (node != NULL) {
        if (++page->looks > plan->looked_at) {
            page->looks = plan->looked_at;
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
   references, it takes a second parser, and the Python walk serves the page. In foreign markup
   frames are elements like others. */
static Status read_frame(const Plan *plan, const Node *node, Reading *reading)
{
    const Node *child = node->first_child;
    reading->code = plan->codes[node->local_name];
    if (child != NULL && (child->local_name != plan->text || child->next != NULL)) {
        return DONE;
    }
    Span text = child != NULL ? text_of(child) : (Span){(const unsigned char *)"", 0};
    if (text.length > 0 && (memchr(text.data, '<', text.length) != NULL ||
                            memchr(text.data, '&', text.length) != NULL)) {
        return NOT_MINE;
    }
    reading->child = NULL;
    reading->is_inline = is_blank(text);
    if (!reading->is_inline) {
        reading->text = text;
    }
    return DONE;
}

Status resolve(const Plan *plan, Page *page, const Node *node, int32_t action, bool read_noscript,
               Reading *reading)
{
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
        reading->child = is_drawn(plan, page, node) ? node->first_child : NULL;
        return DONE;
    case MARKUP_AS_TEXT:
        return read_frame(plan, node, reading);
    case NOSCRIPT:
        reading->code = plan->noscript_code;
        reading->is_inline = !read_noscript;
        reading->child = read_noscript ? node->first_child : NULL;
        return DONE;
    default:
        reading->code = action % INLINE;
        reading->is_inline = action >= INLINE;
        return DONE;
    }
}
