/* The module that Python sees: functions over a page's columns. */

#include "python.h"

static void free_vocabulary(PyObject *capsule)
{
    PyMem_Free(PyCapsule_GetPointer(capsule, VOCABULARY_NAME));
}

static bool take_words(Vocabulary *vocabulary, PyObject *words)
{
    for (Py_ssize_t i = 0; i < PyList_Size(words); i++) {
        const char *bytes;
        Py_ssize_t size;
        long long bits;
        if (!PyArg_ParseTuple(PyList_GetItem(words, i), "y#L", &bytes, &size, &bits)) {
            return false;
        }
        if (!add_word(vocabulary, (const uint8_t *)bytes, (size_t)size, bits)) {
            PyErr_SetString(PyExc_ValueError, "too long a word, or too many");
            return false;
        }
    }
    return true;
}

/* make_vocabulary(list of (word, bits)) */
static PyObject *make_vocabulary(PyObject *module, PyObject *words)
{
    (void)module;
    if (!PyList_Check(words)) {
        PyErr_SetString(PyExc_TypeError, "the words are no list");
        return NULL;
    }
    Vocabulary *vocabulary = PyMem_Calloc(1, sizeof *vocabulary);
    if (vocabulary == NULL) {
        return PyErr_NoMemory();
    }
    PyObject *capsule = take_words(vocabulary, words)
                            ? PyCapsule_New(vocabulary, VOCABULARY_NAME, free_vocabulary)
                            : NULL;
    if (capsule == NULL) {
        PyMem_Free(vocabulary);
    }
    return capsule;
}

bool bytes_of(PyObject *text, Bytes *bytes)
{
    bytes->owner = NULL;
    if (text == NULL) {
        return false;
    }
    bytes->data = (const uint8_t *)PyUnicode_AsUTF8AndSize(text, &bytes->length);
    if (bytes->data != NULL) {
        return true;
    }
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        return false;
    }
    PyErr_Clear();
    bytes->owner = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
    char *data;
    if (bytes->owner == NULL ||
        PyBytes_AsStringAndSize(bytes->owner, &data, &bytes->length) < 0) {
        Py_XDECREF(bytes->owner);
        return false;
    }
    bytes->data = (const uint8_t *)data;
    return true;
}

PyObject *room(Py_ssize_t count, size_t size, char **data)
{
    if (count < 0 || (size_t)count > (size_t)PY_SSIZE_T_MAX / size) {
        return PyErr_NoMemory();
    }
    PyObject *made = PyBytes_FromStringAndSize(NULL, count * (Py_ssize_t)size);
    if (made != NULL) {
        *data = PyBytes_AsString(made);
    }
    return made;
}

static PyMethodDef methods[] = {
    {"make_vocabulary", make_vocabulary, METH_O, NULL},
    {"count", count, METH_VARARGS, NULL},
    {"count_text", count_text, METH_VARARGS, NULL},
    {"against", against, METH_VARARGS, NULL},
    {"vote", vote, METH_VARARGS, NULL},
    {"logits", logits, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "cleancorpus.content._compiled",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__compiled(void)
{
    return PyModuleDef_Init(&definition);
}
