/* A text without elements, and what is made of its lines; the twin of text_features.py. */

#ifndef CLEANCORPUS_FEATURES_TEXT_H
#define CLEANCORPUS_FEATURES_TEXT_H

#include "features.h"

#define CATEGORIES 11
#define LINE_KINDS 8 /* of which these are told apart: */
#define HEADING 1
#define LIST_ITEM 2
#define TABLE_ROW 3
#define TEXT_ROWS 112
#define SPANS 3 /* 8 lines before and after, 32, and the section */
#define SWITCHES (LINE_KINDS + 5 + 2 * CATEGORIES + 4)

typedef struct {
    Shape shape;
    float words, linked, level, gap, copies;
    int32_t kind;
    uint32_t phrases; /* a bit for each category that it is, then for each that it holds */
    bool is_item, is_indented, is_date, is_prose, is_furniture, is_aside;
    bool is_headline; /* it may be one */
    bool is_address, is_long, is_short;
} Line;

/* Over the lines before one. */
typedef struct {
    double words, chars, linked, marks, is_long, is_prose, is_furniture, stopwords, capital_words;
} LineSums;

typedef struct {
    /* What is handed over. */
    Line *lines;
    size_t count, headline, distinct; /* lines, and keys of them */
    int64_t body_begin, body_end;
    /* What is made of it. */
    LineSums *sums;
    Usage *usage; /* of the words of each line */
    Tokens tokens;
    size_t *word_ends, sections;
    uint8_t *there;
    int64_t *run_begin, *run_end, *begin, *end; /* the last two for all spans */
    Groups groups;
    int32_t *keys;
    int64_t *room;
    double *of_group;
    Memory memory;
} Text;

/* Memory for what is made of the lines, and for words; false where there is none. */
bool make_lines(Text *text);
bool make_words(Text *text, size_t words);

/* Fills the usage, once the words of all lines and the stop words are noted. */
void count_usage(Text *text);

/* Fills what is long and short, and the sums; after the usage. */
void read_lines(Text *text);

/* Fills runs, sections, and all other spans. */
void find_stretches(Text *text);

/* Groups lines of one kind, size, beginning and end. */
void group_lines(Text *text);

/* Fills all rows, but for logarithms. */
void fill_text(Text *text, float *rows);

/* Fills the last of them, which hold for the text as a whole. */
void fill_whole(const Text *text, float *rows);

/* A row for each line, of what is zero or one. */
void fill_switches(const Text *text, uint8_t *switches);

/* How much speaks for each line being the title. */
void fill_titles(const Text *text, float *titles);

#endif
