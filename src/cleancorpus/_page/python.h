/* The functions that Python sees. */

#ifndef CLEANCORPUS_PAGE_PYTHON_H
#define CLEANCORPUS_PAGE_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* make_table(...) and look_up(...): phrases, see phrases.c */
PyObject *make_table(PyObject *module, PyObject *arguments);
PyObject *look_up(PyObject *module, PyObject *arguments);

#endif
