/* From a page's columns, as Python has them, to a page. */

#include <string.h>

#include "python.h"

bool open_columns(PyObject *tuple, int many, Columns *columns)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != many) {
        PyErr_SetString(PyExc_ValueError, "not as many columns as there should be");
        return false;
    }
    for (int i = 0; i < many; i++) {
        Py_buffer *view = &columns->views[i];
        if (PyObject_GetBuffer(PyTuple_GetItem(tuple, i), view, PyBUF_SIMPLE) < 0) {
            return false;
        }
        columns->opened++;
        columns->length = columns->views[0].len / (Py_ssize_t)sizeof(int32_t);
        if (view->len != columns->length * (Py_ssize_t)sizeof(int32_t)) {
            PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
            return false;
        }
    }
    return true;
}

void close_columns(Columns *columns)
{
    while (columns->opened > 0) {
        PyBuffer_Release(&columns->views[--columns->opened]);
    }
}

static bool read_tables(PyObject *tuple, Tables *tables)
{
    const char *codes, *bits, *level, *is_prose;
    Py_ssize_t size, bits_size, level_size, prose_size;
    if (!PyArg_ParseTuple(tuple, "y#y#y#y#i", &codes, &size, &bits, &bits_size, &level, &level_size,
                          &is_prose, &prose_size, &tables->footer)) {
        return false;
    }
    bool fits = bits_size == sizeof tables->bits && level_size == sizeof tables->level &&
                prose_size == sizeof tables->is_prose;
    for (Py_ssize_t i = 0; fits && i < size; i++) {
        fits = (uint8_t)codes[i] < TAG_CODES;
    }
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "a table has the wrong length or a code too high");
        return false;
    }
    tables->code_of = (const uint8_t *)codes;
    tables->codes = (size_t)size;
    memcpy(tables->bits, bits, sizeof tables->bits);
    memcpy(tables->level, level, sizeof tables->level);
    memcpy(tables->is_prose, is_prose, sizeof tables->is_prose);
    return true;
}

static bool bits_of_text(const Given *given, PyObject *text, int64_t *bits)
{
    Bytes bytes;
    if (!bytes_of(text, &bytes)) {
        return false;
    }
    *bits = bits_of(given->vocabulary, bytes.data, (size_t)bytes.length);
    Py_XDECREF(bytes.owner);
    return true;
}

/* The first word of a class, as Python cuts it at white space; most begin with ASCII. */
static PyObject *first_word(PyObject *text)
{
    Bytes bytes;
    if (!bytes_of(text, &bytes)) {
        return NULL;
    }
    Py_ssize_t end = 0;
    while (end < bytes.length && bytes.data[end] > ' ' && bytes.data[end] < 127) {
        end++;
    }
    bool is_whole = end == bytes.length, is_cut = !is_whole && end > 0 && bytes.data[end] == ' ';
    Py_XDECREF(bytes.owner);
    if (is_whole) {
        Py_INCREF(text);
        return text;
    }
    if (is_cut) {
        return PyUnicode_Substring(text, 0, end);
    }
    PyObject *parts = PyUnicode_Split(text, NULL, 1);
    PyObject *word = NULL;
    if (parts != NULL && PyList_Size(parts) > 0) {
        word = PyList_GetItem(parts, 0);
        Py_INCREF(word);
    } else if (parts != NULL) {
        word = PyUnicode_FromString("");
    }
    Py_XDECREF(parts);
    return word;
}

/* The number of a word, which is the next one where it is new; -1 for an error. */
static int32_t number_of(PyObject *numbers, PyObject *word)
{
    PyObject *known = PyDict_GetItemWithError(numbers, word);
    if (known != NULL) {
        return (int32_t)PyLong_AsLong(known);
    }
    PyObject *fresh = PyErr_Occurred() ? NULL : PyLong_FromSsize_t(PyDict_Size(numbers));
    int32_t number = -1;
    if (fresh != NULL && PyDict_SetItem(numbers, word, fresh) == 0) {
        number = (int32_t)PyLong_AsLong(fresh);
    }
    Py_XDECREF(fresh);
    return number;
}

/* Bits and the number of the first word of each class; the empty word has number 0. */
static bool read_classes(const Given *given, Page *page)
{
    PyObject *numbers = PyDict_New(), *empty = PyUnicode_FromString("");
    bool is_read = numbers != NULL && empty != NULL && number_of(numbers, empty) == 0;
    for (size_t i = 0; is_read && i < page->classes; i++) {
        PyObject *text = PyList_GetItem(given->classes, (Py_ssize_t)i);
        PyObject *word = first_word(text);
        page->first_of[i] = word != NULL ? number_of(numbers, word) : -1;
        is_read = page->first_of[i] >= 0 && bits_of_text(given, text, &page->class_bits[i]);
        Py_XDECREF(word);
    }
    Py_XDECREF(numbers);
    Py_XDECREF(empty);
    return is_read;
}

/* The bits of ids and roles, and those of elements that the page hides. */
static bool read_named(const Given *given, Page *page)
{
    const int32_t *rows = given->named.views[0].buf, *hidden = given->hidden.views[0].buf;
    Py_ssize_t many = given->named.length;
    if (PyList_Size(given->names) != many || PyList_Size(given->named_texts) != many) {
        PyErr_SetString(PyExc_ValueError, "the columns of attributes are not of one length");
        return false;
    }
    for (Py_ssize_t i = 0; i < many; i++) {
        PyObject *name = PyList_GetItem(given->names, i);
        if (!PyUnicode_Check(name) || (PyUnicode_CompareWithASCIIString(name, "id") != 0 &&
                                       PyUnicode_CompareWithASCIIString(name, "role") != 0)) {
            continue;
        }
        int64_t bits;
        if (!bits_of_text(given, PyList_GetItem(given->named_texts, i), &bits)) {
            return false;
        }
        page->bits[rows[i]] |= bits;
    }
    for (Py_ssize_t i = 0; i < given->hidden.length; i++) {
        page->bits[hidden[i]] |= given->hidden_bit;
    }
    return true;
}

static bool read_texts(const Given *given, Page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        Bytes text;
        if (!bytes_of(PyList_GetItem(given->texts, (Py_ssize_t)i), &text)) {
            return false;
        }
        Shape shape = shape_of(text.data, (size_t)text.length, (const uint8_t *)given->kinds,
                               given->most_chars);
        Py_XDECREF(text.owner);
        Block *block = &page->blocks[i];
        block->chars = shape.chars;
        block->marks = shape.marks;
        block->digits = shape.digits;
        block->capitals = shape.capitals;
        block->ends_sentence = shape.ends_sentence;
    }
    return true;
}

/* Points the page at what is handed over. */
static bool take_columns(Given *given, Page *page)
{
    if (!open_columns(given->element_columns, 5, &given->elements) ||
        !open_columns(given->block_columns, 5, &given->blocks) ||
        !open_columns(given->named_rows, 1, &given->named) ||
        !open_columns(given->hidden_rows, 1, &given->hidden) ||
        !read_tables(given->table_columns, &given->tables)) {
        return false;
    }
    Py_buffer *of = given->elements.views, *at = given->blocks.views;
    page->tables = &given->tables;
    page->tree.parent = of[0].buf;
    page->codes = of[1].buf;
    page->tree.begin = of[2].buf;
    page->tree.end = of[3].buf;
    page->class_at = of[4].buf;
    page->tree.count = (size_t)given->elements.length;
    page->classes = (size_t)PyList_Size(given->classes);
    page->element = at[0].buf;
    page->link_chars = at[1].buf;
    page->links = at[2].buf;
    page->words = at[3].buf;
    page->copies = at[4].buf;
    page->count = (size_t)given->blocks.length;
    return true;
}

/* What is wrong with what is handed over, or NULL. */
static const char *check_given(const Given *given, const Page *page)
{
    const char *wrong = check_page(page);
    if (wrong == NULL && (given->kinds_size != PLANE ||
                          (size_t)PyList_Size(given->texts) != page->count)) {
        wrong = "the texts or the table of classes have the wrong length";
    }
    const Columns *rows[] = {&given->named, &given->hidden};
    for (int i = 0; wrong == NULL && i < 2; i++) {
        if (!are_below(rows[i]->views[0].buf, (size_t)rows[i]->length, page->tree.count)) {
            wrong = "an attribute stands on an element that is not there";
        }
    }
    return wrong;
}

bool read_page(Given *given, Page *page)
{
    if (!take_columns(given, page)) {
        return false;
    }
    const char *wrong = check_given(given, page);
    if (wrong != NULL) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return false;
    }
    if (!make_room(page)) {
        PyErr_NoMemory();
        return false;
    }
    if (!read_classes(given, page)) {
        return false;
    }
    read_tags(page);
    if (!read_named(given, page) || !read_texts(given, page)) {
        return false;
    }
    if (!find_containers(&page->tree, page->top)) {
        PyErr_SetString(PyExc_ValueError, "an element stands before its parent");
        return false;
    }
    read_blocks(page);
    return true;
}
