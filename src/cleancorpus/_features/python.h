/* What the functions that Python sees share. */

#ifndef CLEANCORPUS_FEATURES_PYTHON_H
#define CLEANCORPUS_FEATURES_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "features.h"
#include "text.h"

#define VOCABULARY_NAME "cleancorpus.features.vocabulary"

/* A text's bytes: those it keeps, or, where lone surrogates forbid that, those of a new object. */
typedef struct {
    const uint8_t *data;
    Py_ssize_t length;
    PyObject *owner;
} Bytes;

bool bytes_of(PyObject *text, Bytes *bytes);

/* A new bytes object for `count` values of `size` bytes; its memory is written through `data`. */
PyObject *room(Py_ssize_t count, size_t size, char **data);

/* Adds a new object and gives up its reference; false where either is none. */
bool add_made(PyObject *found, PyObject *made);
PyObject *copy(const void *values, size_t size);
bool add_groups(const Groups *groups, size_t count, PyObject *found);

#define MOST_COLUMNS 5

/* Columns of 32-bit values, all of one length. */
typedef struct {
    Py_buffer views[MOST_COLUMNS];
    int opened;
    Py_ssize_t length;
} Columns;

/* Opens a tuple of so many; false where an error is set. `close_columns` follows in either case. */
bool open_columns(PyObject *tuple, int many, Columns *columns);
void close_columns(Columns *columns);

/* A page as Python hands it over. */
typedef struct {
    const Vocabulary *vocabulary;
    const char *kinds; /* of characters */
    Py_ssize_t kinds_size;
    int most_chars;
    PyObject *table_columns, *element_columns, *classes;
    PyObject *named_rows, *names, *named_texts, *hidden_rows;
    long long hidden_bit;
    PyObject *block_columns, *texts;
    Tables tables;
    Columns elements, named, hidden, blocks;
} Given;

/* Reads all of it but for the numbers; false where an error is set. */
bool read_page(Given *given, Page *page);

/* count(...): the numbers of a page, see result.c */
PyObject *count(PyObject *module, PyObject *arguments);

/* against(...): what spoke most against blocks, see against.c */
PyObject *against(PyObject *module, PyObject *arguments);

/* count_text(...): the numbers of a text, see text.c */
PyObject *count_text(PyObject *module, PyObject *arguments);

/* What `count_text` returns of a text that is read, see text_result.c */
PyObject *text_result(Text *text);

/* Points inputs at numbers and switches, for so many features of the first kind; `at` stays empty.
 * False where an error is set. */
bool take_inputs(const Py_buffer *numbers, Py_ssize_t rows, const Py_buffer *switches,
                 Inputs *inputs);

/* vote(...): what a forest says of blocks, see vote.c */
PyObject *vote(PyObject *module, PyObject *arguments);

/* logits(...): what a network says of blocks, see logits.c */
PyObject *logits(PyObject *module, PyObject *arguments);

#endif
