/* The functions that Python sees. */

#ifndef CLEANCORPUS_PAGE_PYTHON_H
#define CLEANCORPUS_PAGE_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "lines.h"

/* make_table(...) and look_up(...): phrases, see phrases.c */
PyObject *make_table(PyObject *module, PyObject *arguments);
PyObject *look_up(PyObject *module, PyObject *arguments);

/* The table that a capsule of make_table holds, or NULL with an error. */
const Table *table_of(PyObject *capsule);

/* find_boxes(...): the containers of a page, see boxes.c */
PyObject *find_boxes(PyObject *module, PyObject *arguments);

#endif
