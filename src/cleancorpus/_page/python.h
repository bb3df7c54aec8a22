/* The functions that Python sees. */

#ifndef CLEANCORPUS_PAGE_PYTHON_H
#define CLEANCORPUS_PAGE_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "lines.h"

/* A text's bytes, which it keeps; false without an error where lone surrogates forbid that. */
bool take_text(PyObject *text, Text *taken);

/* The tables of characters, from the bytes of two arrays of 16-bit numbers. */
bool take_characters(PyObject *tables, Reader *reader);

/* The table, what it points into, and the hits that stand for its phrases, two for each: as it is,
 * and as the whole line. */
typedef struct {
    Table table;
    PyObject *words, *phrases, *hits;
} Held;

/* make_table(...): phrases, see phrases.c */
PyObject *make_table(PyObject *module, PyObject *arguments);

/* What a capsule of make_table holds, or NULL with an error. */
const Held *held_by(PyObject *capsule);
const Table *table_of(PyObject *capsule);

/* look_up(...): what lines hold, see find.c */
PyObject *look_up(PyObject *module, PyObject *arguments);

/* find_boxes(...): the containers of a page, see boxes.c */
PyObject *find_boxes(PyObject *module, PyObject *arguments);

#endif
