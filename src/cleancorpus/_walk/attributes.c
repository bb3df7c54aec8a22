/* What an element's attributes say: its class, what it is for, whether it shows. */

#include <string.h>

#include "page.h"

static bool is_named(const Named *named, Span name)
{
    return named->length == name.length && memcmp(named->bytes, name.data, name.length) == 0;
}

int32_t meaning_of(const Named *known, size_t count, uintptr_t address, int32_t otherwise)
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

static Status read_attribute(const Plan *plan, Page *page, const Attribute *attribute, int32_t row,
                             Marks *marks)
{
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

Status read_attributes(const Plan *plan, Page *page, const Node *node, int32_t row, Marks *marks)
{
    const Attribute *attribute = ((const Element *)node)->first_attribute;
    for (; attribute != NULL; attribute = attribute->next) {
        Status status = read_attribute(plan, page, attribute, row, marks);
        if (status != DONE) {
            return status;
        }
    }
    return marks->is_hidden ? add_integer(&page->hidden_rows, row) : DONE;
}
