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

/* bits(vocabulary, texts): for each text the categories of its words, as 64 bits */
static PyObject *bits(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *capsule, *texts;
    if (!PyArg_ParseTuple(arguments, "OO!", &capsule, &PyList_Type, &texts)) {
        return NULL;
    }
    const Vocabulary *vocabulary = PyCapsule_GetPointer(capsule, VOCABULARY_NAME);
    char *data = NULL;
    PyObject *found = vocabulary ? room(PyList_Size(texts), sizeof(int64_t), &data) : NULL;
    for (Py_ssize_t i = 0; found != NULL && i < PyList_Size(texts); i++) {
        Bytes text;
        if (!bytes_of(PyList_GetItem(texts, i), &text)) {
            Py_CLEAR(found);
            break;
        }
        ((int64_t *)data)[i] = bits_of(vocabulary, text.data, (size_t)text.length);
        Py_XDECREF(text.owner);
    }
    return found;
}

/* shapes(texts, classes, most_chars): five 32-bit counts for each text, see Shape */
static PyObject *shapes(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *texts;
    const char *classes;
    Py_ssize_t size;
    int most;
    if (!PyArg_ParseTuple(arguments, "O!y#i", &PyList_Type, &texts, &classes, &size, &most)) {
        return NULL;
    }
    if (size != PLANE) {
        PyErr_SetString(PyExc_ValueError, "the table of classes has the wrong length");
        return NULL;
    }
    char *data = NULL;
    PyObject *found = room(PyList_Size(texts), sizeof(Shape), &data);
    for (Py_ssize_t i = 0; found != NULL && i < PyList_Size(texts); i++) {
        Bytes text;
        if (!bytes_of(PyList_GetItem(texts, i), &text)) {
            Py_CLEAR(found);
            break;
        }
        ((Shape *)data)[i] =
            shape_of(text.data, (size_t)text.length, (const uint8_t *)classes, most);
        Py_XDECREF(text.owner);
    }
    return found;
}

/* containers(parent, begin, end, bits): outer, depth and bits_above, 64 bits for each element */
static PyObject *containers(PyObject *module, PyObject *arguments)
{
    (void)module;
    Py_buffer parent, begin, end, own;
    if (!PyArg_ParseTuple(arguments, "y*y*y*y*", &parent, &begin, &end, &own)) {
        return NULL;
    }
    Py_ssize_t rows = parent.len / (Py_ssize_t)sizeof(int32_t);
    char *outer = NULL, *depth = NULL, *above = NULL;
    PyObject *made[3] = {room(rows, sizeof(int64_t), &outer), room(rows, sizeof(int64_t), &depth),
                         room(rows, sizeof(int64_t), &above)};
    int64_t *top = PyMem_Malloc((size_t)(rows > 0 ? rows : 1) * sizeof(int64_t));
    PyObject *found = NULL;
    if (begin.len != parent.len || end.len != parent.len || own.len != 2 * parent.len) {
        PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
    } else if (top == NULL) {
        PyErr_NoMemory();
    } else if (made[0] != NULL && made[1] != NULL && made[2] != NULL) {
        Tree tree = {parent.buf,       begin.buf,         end.buf,           own.buf,
                     (int64_t *)outer, (int64_t *)depth, (int64_t *)above, (size_t)rows};
        if (find_containers(&tree, top)) {
            found = PyTuple_Pack(3, made[0], made[1], made[2]);
        } else {
            PyErr_SetString(PyExc_ValueError, "an element stands before its parent");
        }
    }
    for (int i = 0; i < 3; i++) {
        Py_XDECREF(made[i]);
    }
    PyMem_Free(top);
    PyBuffer_Release(&parent);
    PyBuffer_Release(&begin);
    PyBuffer_Release(&end);
    PyBuffer_Release(&own);
    return found;
}

static PyMethodDef methods[] = {
    {"make_vocabulary", make_vocabulary, METH_O, NULL},
    {"bits", bits, METH_VARARGS, NULL},
    {"shapes", shapes, METH_VARARGS, NULL},
    {"openings", openings, METH_VARARGS, NULL},
    {"tokens", tokens, METH_VARARGS, NULL},
    {"containers", containers, METH_VARARGS, NULL},
    {"count", count, METH_VARARGS, NULL},
    {"against", against, METH_VARARGS, NULL},
    {"spans", spans, METH_VARARGS, NULL},
    {"weigh", weigh, METH_VARARGS, NULL},
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
