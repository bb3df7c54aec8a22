/* What a page's lines are read for, in C: each function has a twin in Python, in cleancorpus/page
 * and cleancorpus/phrases, that serves where this is not built and finds the same. */

#ifndef CLEANCORPUS_PAGE_LINES_H
#define CLEANCORPUS_PAGE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kinds of characters, as bits; a character without any makes a line odd. */

#define PLAIN 1
#define LOWER 2
#define UPPER 4
#define DIGIT 8
#define BLANK 16
#define SEPARATOR 32 /* parts a line wherever it stands */
#define DASH 64 /* parts a line beside a blank */
#define CLOSING 128 /* something may stand before it at the end of a line */
#define UNDATED 256 /* stands in no date */
#define OTHER_LETTER 512 /* of which no case is looked at */
#define LETTER (LOWER | UPPER | OTHER_LETTER)

/* What is known of a line's shape, as bits. */

#define ODD 1 /* it holds other characters: Python reads it */
#define PARTED 2
#define GLUED 4 /* a capital follows a small letter */
#define OPENS_GLUED 8 /* in the first word, or the line is not ASCII */
#define NUMBERED 16
#define UNREAD 32 /* it goes on */
#define MAILED 64 /* it may hold a mail address */
#define NO_DATE 128 /* it holds a sign that no date has */
#define CLOCKED 256 /* its figures may be a time of day */
#define DATED 512 /* or, where they are three, a date */
#define LETTERED 1024 /* an `h` that may part hours from minutes */

#define NO_TAIL UINT32_MAX

typedef struct {
    uint32_t bits;
    uint32_t label; /* bytes of the key that stand before a colon; 0: it is no label */
    uint32_t tail; /* where in the key the last bracket or sentence begins that may be a credit */
} Shape;

typedef struct {
    const uint16_t *kinds, *folded; /* of the first characters, and what they are in a key */
    size_t count;
    size_t most; /* characters of a line that are read */
} Reader;

typedef struct {
    const uint8_t *bytes;
    size_t length;
} Text;

typedef struct {
    uint32_t code, folded;
    uint16_t kind;
    size_t size; /* in bytes */
} Character;

/* The character that begins at a byte of the text; of those of four bytes only pictures are known. */
Character wide_character_at(const Reader *reader, const Text *text, size_t at);

/* Here, so that the compiler puts it where it is called: most characters are of one byte. */
static inline Character character_at(const Reader *reader, const Text *text, size_t at)
{
    uint8_t byte = text->bytes[at];
    if (byte < 0x80 && byte < reader->count) {
        return (Character){byte, reader->folded[byte], reader->kinds[byte], 1};
    }
    return wide_character_at(reader, text, at);
}

/* A key while it is written. */
typedef struct {
    char *bytes; /* with room for twice the bytes of the text */
    size_t size, words;
    uint16_t before; /* the kind of the character before */
} Key;

/* Adds a letter or digit to the key, after a blank where a word begins; other characters only part
 * words. */
void add_to_key(Key *key, const Character *character);

/* Writes a line's folded words, a blank between two. Of an odd line there is no key. */
Shape read_line(const Reader *reader, const Text *text, Key *key);

/* Writes the words of a line of which each capital after a small letter begins a word. */
void read_glued(const Reader *reader, const Text *text, Key *key);

/* Calls `take` with the words of each part of a line, until it refuses; returns how many there
 * are. */
size_t read_parts(const Reader *reader, const Text *text, Key *key,
                  bool (*take)(void *into, const Key *part, bool is_numbered), void *into);

/* Phrases, found by a word of theirs or, the exact ones, by their whole line. */

#define IS_FIRST 1 /* a word that begins an exact phrase */
#define IS_WHOLE 2 /* a word of an exact phrase */
#define IS_SHARE 4 /* a word of a share prompt */
#define OF_DATES 8 /* a word that dates are made of */
#define IS_MULTIPLE 16 /* a word that counts with the number before it */
#define IS_DATE 32 /* a line that is a date */
#define IS_GLUE 64 /* a word that stands between the parts of a date */

enum { EXACT, STARTS, ENDS, CONTAINS, MODES };

/* What a phrase may be, as bits. */

#define OF_BYLINES 1
#define OF_CAPTIONS 2
#define IS_LABEL 4 /* before a colon */
#define MOST_USES 7

#define NO_PHRASE SIZE_MAX

typedef struct {
    const char *line; /* with a blank before and after it */
    size_t length, next; /* the next one with the same mode and word */
    int mode, uses;
} Phrase;

typedef struct {
    const char *key;
    size_t length;
    uint32_t flags;
    size_t phrases[MODES];
} Entry;

typedef struct {
    Entry *slots;
    uint32_t *hashes; /* of the keys of the slots; zero where a slot is free */
    size_t mask;
    Phrase *phrases;
    size_t count, longest; /* `longest`: bytes of a key */
    size_t most_words, parts_words, row_words, date_words; /* of lines, see signs.py */
} Table;

/* The entry of a key, or NULL. */
const Entry *known(const Table *table, const char *key, size_t length);

/* The entry of a key, a new one where there is none; the table has more slots than keys. */
Entry *claim(Table *table, const char *key, size_t length);

/* A line while it is looked up. */

#define MOST_WORDS 256

typedef struct {
    const char *key;
    size_t length;
} Word;

typedef struct {
    Word words[MOST_WORDS]; /* with numbers as `0` */
    const Entry *entries[MOST_WORDS];
    size_t count, raw, spoken; /* `raw`: with each number by itself; `spoken`: those of letters */
    bool is_dated; /* every word is one that dates are made of */
    bool is_named, is_plain; /* one is a date by itself; the others are too, or stand between */
    bool has_share;
    char *padded; /* the words with blanks between, before and after */
    size_t length;
} Line;

/* Cuts a key into its words; false where they are none or too many. `padded` has room for the key
 * and three bytes more. */
bool cut_line(const Table *table, const char *key, size_t length, bool is_numbered, Line *line);

/* Calls `take` with each phrase found, and whether it is the whole line; false where it refuses. */
bool find_phrases(const Table *table, const Line *line,
                  bool (*take)(void *into, size_t phrase, bool is_whole), void *into);

/* The first word is a number or begins an exact phrase. */
bool opens_row(const Line *line);

typedef enum { NO, MAYBE, YES } Answer;

/* The exact phrases that a line strings together. */
typedef struct {
    size_t phrases[MOST_WORDS], count;
} Row;

/* Whether the words are a row of exact phrases; which, where they hold no number. */
Answer is_row(const Table *table, const Line *line, Row *row);

/* Whether a line is a date and nothing else. */
Answer is_date(const Table *table, const Line *line, uint32_t shape);

#endif
