/* What the learned judge counts over a page, in C: each function has a twin in Python, in
 * cleancorpus/content, that serves where this is not built and returns the same. */

#ifndef CLEANCORPUS_FEATURES_H
#define CLEANCORPUS_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words of class, id and role with the categories that they stand for, as bits. */

#define WORD_CHARS 24 /* no longer word is in the vocabulary */
#define SLOTS 4096    /* a power of two, several times the number of words */

typedef struct {
    uint8_t bytes[WORD_CHARS];
    uint8_t length; /* 0: the slot is free */
    int64_t bits;
} Word;

typedef struct {
    Word slots[SLOTS];
    size_t count;
} Vocabulary;

/* Adds a word in lower case; false where it is too long or the table is half full. */
bool add_word(Vocabulary *vocabulary, const uint8_t *bytes, size_t length, int64_t bits);

/* The categories of all words of a text: runs of ASCII letters, parted also inside `articleBody`. */
int64_t bits_of(const Vocabulary *vocabulary, const uint8_t *text, size_t length);

/* Memory that is given back together. */

#define OWNED 24

typedef struct {
    void *made[OWNED];
    size_t count;
} Memory;

/* Memory for `many` values of `size` bytes that `free_all` frees; NULL where there is none. */
void *own(Memory *memory, size_t many, size_t size);
void free_all(Memory *memory);

/* Counts over the characters of a text. */

#define PLANE 65536
#define MARK 1
#define DIGIT 2
#define CAPITAL 4
#define SIGN 8
#define SENTENCE_END 16
#define SMALL 32
#define SPACE 64
#define LEAD 128

/* Of all characters, of the first, of the last, and how many words begin with a capital. */
typedef struct {
    float chars, marks, digits, capitals, signs;
    bool is_small, is_capital, is_digit, ends_sentence, leads_on;
    float capital_words;
} Shape;

/* Counts at most `most` characters of UTF-8, under 65,536; `kinds` has a byte for each of the first
 * plane. */
Shape shape_of(const uint8_t *text, size_t length, const uint8_t *kinds, int32_t most);

/* The text is a single word that begins as addresses do. */
bool is_address(const uint8_t *text, size_t length, const uint8_t *kinds);

/* The words of a text's lines. */

typedef struct {
    const uint8_t *bytes;
    uint32_t length, hash;
    int32_t uses, last_line, begins, ends; /* lines; `uses` counts those that are running text */
    bool is_stop;
} Token;

typedef struct {
    Token *known; /* each word once */
    size_t many;
    uint32_t *slots; /* one more than the number of a known word; zero where it is free */
    size_t mask;
    uint64_t seed; /* of the places in them, which nothing else depends on */
    uint32_t *at; /* the number of each word of the text, line by line */
    size_t count;
} Tokens;

/* The words of a line of which those between are blanks, and of an empty one the empty word. */
size_t words_in(const uint8_t *key, size_t length);

/* Notes the words of the next line. */
void add_tokens(Tokens *tokens, const uint8_t *key, size_t length);

/* Marks a word as a stop word, if a line has it. */
void mark_stopword(Tokens *tokens, const uint8_t *word, size_t length);

/* What is found of the words of a line: its stop words, the share of its other words that other
 * lines use, and how many lines begin and end like it. */
typedef struct {
    float stopwords, known, begins, ends;
} Usage;

/* Fills it for each line; `ends` says where in `at` the words of each line end. */
void count_tokens(Tokens *tokens, const size_t *ends, const uint8_t *is_running, size_t lines,
                  Usage *usage);

/* The containers of a tree in preorder, where each parent stands before its children. */

typedef struct {
    const int32_t *parent, *begin, *end; /* the parent of row 0 is not looked at */
    const int64_t *bits;
    int64_t *outer, *depth, *above;
    size_t count;
} Tree;

/* Fills outer, depth and above; false where a parent does not stand before its child. */
bool find_containers(Tree *tree, int64_t *top);

/* A page, and what is made of it. */

#define LEVELS 6
#define TAG_CODES 64      /* more than there are tags */
#define MOST_ROWS (1 << 24) /* so many blocks or elements a float counts exactly */

/* What is known of tags: `code_of` is asked with a code of the outline, the others with ours. */
typedef struct {
    const uint8_t *code_of; /* each under TAG_CODES */
    size_t codes;
    int64_t bits[TAG_CODES];
    float level[TAG_CODES]; /* of headings, over 0 */
    uint8_t is_prose[TAG_CODES];
    int32_t footer;
} Tables;

typedef struct {
    float words, chars, linked, marks, digits, capitals, ends_sentence;
    int64_t path[LEVELS]; /* the containers around it, from the inside */
} Block;

/* Over the blocks before one. */
typedef struct {
    double words, chars, linked, marks, is_long, long_words, prose_words;
} Sums;

/* Rows that are alike: `order` lists them group by group. */
typedef struct {
    int64_t *of, *sizes, *starts, *order, *spare;
    size_t count;
} Groups;

/* Memory for so many rows; false where there is none. */
bool make_groups(Groups *groups, Memory *memory, size_t rows);

/* Groups rows with the same `many` keys, each under its range, sorted by the last of them first.
 * `room` has a place for each key of the widest range. */
void group(Groups *groups, size_t count, const int32_t *const *keys, const size_t *ranges, int many,
           int64_t *room);

typedef struct {
    const Tables *tables;
    /* What is handed over: of elements, of classes, of blocks. */
    Tree tree;
    const int32_t *codes, *class_at;
    size_t classes, count, headline;
    const int32_t *element, *link_chars, *links, *words;
    const float *copies;
    /* What is made of it: of elements, of blocks, and of either. */
    int64_t *class_bits, *bits, *top;
    double *votes;
    int32_t *tags, *first, *first_of, *alike; /* first words of classes: up to `classes` */
    Block *blocks;
    Sums *sums;
    Groups groups;
    int32_t *keys;
    int64_t *room;
    double *of_group;
    uint8_t *there;
    Memory memory;
} Page;

/* Every value is under the limit, and none under zero. */
bool are_below(const int32_t *column, size_t count, size_t limit);

/* What cannot be true of a page in what is handed over, or NULL. */
const char *check_page(const Page *page);

/* Memory for what is made; false where there is none. `free_all` follows in either case. */
bool make_room(Page *page);

/* Fills tags, first and bits from the tables and from class_bits and first_of. */
void read_tags(Page *page);

/* Fills the blocks, whose characters are counted already, and the sums. */
void read_blocks(Page *page);

size_t parent_of(const Page *page, size_t row);

/* For each element its siblings with its tag and first class, itself included. */
void count_siblings(Page *page);

/* Groups blocks whose element and the one around it look alike. */
void group_paths(Page *page);

/* A value for each of the next rows, in the column of a block. */
void put(float *rows, size_t count, size_t block, const float *values, size_t many);

/* Fills two rows: how far the next and the last of the blocks that are `there` are from each. */
float *fill_distances(const uint8_t *there, size_t count, float *rows);

/* Each fills its rows, a column for each block, and returns those after them. */
float *fill_top(Page *page, float *rows);
float *fill_headline_tree(Page *page, float *rows);

#define COUNTED_ROWS 100
#define MOST_COUNTED 1000
/* Fills all rows but those of the page as a whole. */
void fill_numbers(Page *page, float *rows);

/* The features of a page, and the blocks that are asked for. */
typedef struct {
    const float *numbers; /* a row for each feature */
    const uint8_t *switch_of; /* a row for each block, of the features that are zero or one */
    const int64_t *at;
    size_t rows, switches, count, asked;
} Inputs;

/* Cues, each with its features; see evidence.py. */
typedef struct {
    const int32_t *starts, *member, *leading;
    const float *weight, *usual, *turns;
    size_t count, members;
} Cues;

#define STRONGEST 3

/* What cannot be true of them, or NULL. */
const char *check_cues(const Cues *cues, const Inputs *inputs);

/* For each block that is asked for twice the number of each of its strongest cues, one more where
 * the leading feature is high, and -1 where fewer spoke against it. The room is for one float and
 * STRONGEST more of each of them. */
void find_strongest(const Cues *cues, const Inputs *inputs, float *room, int64_t *codes);

/* Between the products of the network, where each block has a row of channels. */

/* What cannot be true of spans of so many blocks, or NULL. */
const char *check_span(const int64_t *begin, const int64_t *end, size_t count);

/* Sums over the blocks before each, and after the last: a row more than there are blocks. */
void add_up(const float *hidden, size_t count, size_t channels, float *sums);

/* The mean over the span of each block, in rows that are `width` apart. */
void mean_of(const float *sums, size_t channels, const int64_t *begin, const int64_t *end,
             size_t count, float *means, size_t width);

#define MOST_SIGNALS 3
#define MOST_SWITCHES 1000

/* Rows with a value for each weight. */
typedef struct {
    const float *rows, *weights;
    const uint8_t *switches; /* in place of the rows, or NULL: each is zero or one */
    size_t many; /* values of a row */
    size_t row_step, value_step; /* from a row to the next, from a value of it to the next */
} Signal;

/* What is over zero of a sum of products is added to what is hidden. */
typedef struct {
    Signal signal[MOST_SIGNALS];
    size_t signals, count, channels;
    const float *start; /* what every sum begins with */
    const float *hidden; /* or NULL */
    float *out; /* may be `hidden` */
} Product;

/* Takes the product, in wide vectors where the processor has them; false where it has none, or
 * where the channels fill none. */
bool take_product(const Product *of, bool is_wide);

#endif
