#ifndef CLEANCORPUS_SELFCHECK_H
#define CLEANCORPUS_SELFCHECK_H

#include <Python.h>

/* Copy memory, or raise where there is none: `peek(address, size)`. */
PyObject *peek(PyObject *module, PyObject *arguments);

/* Where each member lies in its structure, by name: `layout()`. */
PyObject *layout(PyObject *module, PyObject *nothing);

#endif
