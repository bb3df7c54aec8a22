/* What the files of the walk share, and no other. */

#ifndef CLEANCORPUS_PAGE_H
#define CLEANCORPUS_PAGE_H

#include "walk.h"

/* What the attributes of an element come to. */
typedef struct {
    int32_t class_at;
    bool is_hidden, is_open;
} Marks;

/* page.c */
bool reserve(void **data, size_t *capacity, size_t wanted, size_t size);

/* Room for more items in a struct of data, length and capacity. */
#define RESERVE(list, more)                                                                       \
    reserve((void **)&(list)->data, &(list)->capacity, (list)->length + (more),                   \
            sizeof *(list)->data)

Status add_raw(Page *page, Span text);
Status add_integer(Integers *list, int32_t value);
Status add_found(Founds *list, Found found);
Status number_class(const Plan *plan, Page *page, Span text, int32_t *number);

/* attributes.c */
int32_t meaning_of(const Named *known, size_t count, uintptr_t address, int32_t otherwise);
Status read_attributes(const Plan *plan, Page *page, const Node *node, int32_t row, Marks *marks);

/* rows.c: make one block of a data row's cells. */
Status merge_row(const Plan *plan, Page *page, int32_t row, int32_t end);

/* reading.c: what an element is read as. */
typedef struct {
    int32_t code;
    bool is_inline, is_link, is_hidden;
    const Node *child; /* to go down to, or NULL */
    Span text;         /* of its own, where there is no child */
} Reading;

Span text_of(const Node *node);
uintptr_t name_number(const Node *node);
int32_t action_of(const Plan *plan, const Node *node);
Status resolve(const Plan *plan, Page *page, const Node *node, int32_t action, bool read_noscript,
               Reading *reading);

/* text.c: the text of a block in the making. */
typedef struct {
    unsigned char *start, *at;
    int32_t chars, words;
} Text;

void add_lines(Text *text, const unsigned char *at, const unsigned char *end);
void add_cells(Text *text, const unsigned char *at, const unsigned char *end);
void add_verbatim(Text *text, const unsigned char *at, const unsigned char *end);

#endif
