/* The module that Python sees: functions over the lines of a page. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "python.h"

bool take_text(PyObject *text, Text *taken)
{
    Py_ssize_t length = 0;
    const char *bytes = text != NULL ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    if (bytes == NULL && text != NULL && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        PyErr_Clear();
    }
    *taken = (Text){(const uint8_t *)bytes, (size_t)length};
    return bytes != NULL;
}

bool take_characters(PyObject *tables, Reader *reader)
{
    const char *kinds, *folded;
    Py_ssize_t size, other;
    if (!PyArg_ParseTuple(tables, "y#y#", &kinds, &size, &folded, &other)) {
        return false;
    }
    if (size != other) {
        PyErr_SetString(PyExc_ValueError, "the tables are not of one length");
        return false;
    }
    reader->kinds = (const uint16_t *)(const void *)kinds;
    reader->folded = (const uint16_t *)(const void *)folded;
    reader->count = (size_t)size / sizeof *reader->kinds;
    return true;
}

/* Reads one text; what is odd has an empty key. */
static bool add_line(const Reader *reader, PyObject *text, PyObject *keys, PyObject *words,
                     Shape *shape)
{
    Text read = {NULL, 0};
    bool is_odd = !take_text(text, &read);
    if (PyErr_Occurred()) {
        return false;
    }
    Key key = {PyMem_Malloc(2 * read.length + 1), 0, 0, 0};
    if (key.bytes == NULL) {
        PyErr_NoMemory();
        return false;
    }
    *shape = is_odd ? (Shape){ODD, 0, NO_TAIL} : read_line(reader, &read, &key);
    PyObject *found = PyUnicode_FromStringAndSize(key.bytes, (Py_ssize_t)key.size);
    PyObject *counted = PyLong_FromSize_t(key.words);
    bool is_added = found != NULL && counted != NULL && PyList_Append(keys, found) == 0 &&
                    PyList_Append(words, counted) == 0;
    Py_XDECREF(found);
    Py_XDECREF(counted);
    PyMem_Free(key.bytes);
    return is_added;
}

static bool note_odd(PyObject *odd, Py_ssize_t at, const Shape *shape)
{
    PyObject *number = shape->bits & ODD ? PyLong_FromSsize_t(at) : NULL;
    bool is_noted = !(shape->bits & ODD) || (number != NULL && PyList_Append(odd, number) == 0);
    Py_XDECREF(number);
    return is_noted;
}

/* read(texts, (kinds, folded), most_chars): for each text its key, its count of words and its shape, and the
 * indices of the odd ones */
static PyObject *read_texts(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *texts, *tables;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(arguments, "O!O!n", &PyList_Type, &texts, &PyTuple_Type, &tables,
                          &most)) {
        return NULL;
    }
    Reader reader = {NULL, NULL, 0, most > 0 ? (size_t)most : 0};
    if (!take_characters(tables, &reader)) {
        return NULL;
    }
    PyObject *keys = PyList_New(0), *words = PyList_New(0), *found = NULL;
    Py_ssize_t count = PyList_Size(texts), each = (Py_ssize_t)sizeof(Shape);
    PyObject *odd = PyList_New(0), *shapes = PyBytes_FromStringAndSize(NULL, count * each);
    if (keys != NULL && words != NULL && odd != NULL && shapes != NULL) {
        Shape *shape = (Shape *)PyBytes_AsString(shapes);
        Py_ssize_t at = 0;
        while (at < count && at < PyList_Size(texts) &&
               add_line(&reader, PyList_GetItem(texts, at), keys, words, &shape[at]) &&
               note_odd(odd, at, &shape[at])) {
            at++;
        }
        found = at == count ? PyTuple_Pack(4, keys, words, shapes, odd) : NULL;
    }
    Py_XDECREF(odd);
    Py_XDECREF(keys);
    Py_XDECREF(words);
    Py_XDECREF(shapes);
    return found;
}

static PyMethodDef methods[] = {
    {"read", read_texts, METH_VARARGS, NULL},
    {"make_table", make_table, METH_VARARGS, NULL},
    {"look_up", look_up, METH_VARARGS, NULL},
    {"find_boxes", find_boxes, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "cleancorpus._lines",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__lines(void)
{
    return PyModuleDef_Init(&definition);
}
