/* What the walk is told once (the plan) and what it returns (the page). */

#ifndef CLEANCORPUS_WALK_H
#define CLEANCORPUS_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lexbor.h"

/* NOT_MINE: a page that the Python walk serves, because it needs a second parser (markup in a
   frame), has more blocks than the limit, or more characters or elements than a column of 32
   bits can count. */
typedef enum { DONE, NO_MEMORY, NOT_MINE } Status;

/* What to do at an element, as in tags.py; UNDRAWN is for what an SVG says of itself. */
enum {
    SKIP = -1,
    BREAK = -2,
    DRAWING = -3,
    MARKUP_AS_TEXT = -4,
    NOSCRIPT = -5,
    UNKNOWN = -6,
    UNDRAWN = -7,
    INLINE = 1024
};

/* What a code of an element stands for, as bits. */
enum {
    VERBATIM = 1,
    HIDDEN = 2,
    ROW = 4,
    CELL = 8,
    NOT_IN_DATA = 16,
    LIST = 32,
    SHOWN_IF_OPEN = 64
};

/* The attributes that are read. Those from FIRST_NOTED on are kept as they stand. */
enum { CLASS, HIDDEN_ATTRIBUTE, STYLE, OPEN, FIRST_NOTED };

enum { NUMBERS = 512, CODES = 256, MOST_NAMES = 48, NAME_CHARS = 24 };

typedef struct {
    unsigned char bytes[NAME_CHARS];
    size_t length;
    int32_t meaning;
} Named;

/* Filled by the module from the tables of tags.py and finish.py, so that they stand once. */
typedef struct {
    uintptr_t text, link;
    int32_t actions[NUMBERS];     /* by lexbor's number of a name */
    int32_t codes[NUMBERS];       /* the same for what MARKUP_AS_TEXT stands for */
    int32_t attributes[NUMBERS];  /* by lexbor's number of an attribute, -1 for others */
    Named tags[MOST_NAMES];       /* the actions of names without a number */
    size_t tag_count;
    Named attribute_names[MOST_NAMES];
    size_t attribute_count;
    int32_t roles[CODES];  /* by code */
    int32_t kinds[CODES];  /* the kind of block that an element gives, -1 for none */
    int32_t levels[CODES]; /* of headings */
    int32_t paragraph_code, svg_code, noscript_code;
    int32_t paragraph, line, item, heading, table_row; /* kinds */
    int32_t class_chars, attribute_chars, name_chars, cell_chars, row_elements, looked_at;
} Plan;

enum { PARENT, TAG, DEPTH, END, FIRST_BLOCK, END_BLOCK, CLASS_AT, ROW_COLUMNS };
enum { AT_ROW, PART, CHARS, LINK_CHARS, LINKS, WORDS, KIND, LEVEL, BLOCK_COLUMNS };

typedef struct {
    unsigned char *data;
    size_t length, capacity;
} Bytes;

typedef struct {
    int32_t *data;
    size_t length, capacity;
} Integers;

/* A block as the walk leaves it; `start` counts from the begin of the raw text. */
typedef struct {
    size_t start, length;
    int32_t row, link_chars, links;
    bool is_row, is_verbatim;
} Record;

/* A text that stays where lexbor has it: the tree outlives the walk. */
typedef struct {
    int32_t row;
    int32_t name;     /* of an attribute */
    uintptr_t number; /* of an element whose name only the tree can tell, else 0 */
    Span text;
} Found;

typedef struct {
    Found *data;
    size_t length, capacity;
} Founds;

typedef struct {
    Span text;
    uint64_t hash;
    int32_t number;
} ClassText;

typedef struct {
    int32_t *columns[ROW_COLUMNS];
    size_t row_count, row_capacity;
    Record *records;
    size_t record_count, record_capacity;
    Bytes raw;
    Founds classes, attributes, other_names;
    Integers hidden_rows;
    /* Class texts met so far: entries, and where each lies in a table of twice the size. */
    ClassText *class_texts;
    size_t class_count, class_capacity;
    int32_t *class_slots;
    size_t slot_count;
    uint64_t seed;
    int32_t looks; /* nodes of drawings that were searched for text */
    /* From here on filled by `finish`. */
    Bytes shown;
    size_t *ends; /* of each block's text in `shown` */
    int32_t *blocks[BLOCK_COLUMNS];
    unsigned char *hidden;
} Page;

/* walk.c */
Status walk_page(const Plan *plan, const Node *root, bool read_noscript, size_t most_blocks,
                 Page *page);
void free_page(Page *page);

/* finish.c */
Status finish(const Plan *plan, Page *page);

/* text.c */
bool is_blank(Span text);
int32_t squeezed_chars(Span text);
size_t count_chars(Span text);
Span first_chars(Span text, int32_t most);
Span stripped(Span text);

/* survey.c */
enum { MOST_FORMATS = 512, MOST_LINKED = 64 };

typedef struct {
    size_t few_tags, formats, tag, linked;
} SurveyLimits;

/* Of a page: tags, the most of them that are open at once if no element lacks its end tag, different
   formatting tags with attributes (0 where tags are few), the most attributes of a long tag, and
   where the tags of scripts with linked data begin. */
typedef struct {
    size_t tags, open, formats, attributes, linked_count;
    size_t linked[MOST_LINKED];
} Survey;

Survey survey_page(Span html, SurveyLimits limits);

/* controls.c */
bool has_controls(Span text);

#endif
