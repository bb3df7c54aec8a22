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

/* Counts over the characters of a text. */

#define PLANE 65536
#define MARK 1
#define DIGIT 2
#define CAPITAL 4
#define ENDS_SENTENCE 8

typedef struct {
    int32_t chars, marks, digits, capitals, ends_sentence;
} Shape;

/* Counts at most `most` characters of UTF-8; `classes` has a byte for each of the first plane. */
Shape shape_of(const uint8_t *text, size_t length, const uint8_t *classes, int32_t most);

/* The containers of a tree in preorder, where each parent stands before its children. */

typedef struct {
    const int32_t *parent, *begin, *end; /* the parent of row 0 is not looked at */
    const int64_t *bits;
    int64_t *outer, *depth, *above;
    size_t count;
} Tree;

/* Fills outer, depth and above; false where a parent does not stand before its child. */
bool find_containers(Tree *tree, int64_t *top);

#endif
