/* A page's numbers, and what else the judge reads of it, for Python. */

#include <string.h>

#include "python.h"

#define MOST_BITS 64

bool add_made(PyObject *found, PyObject *made)
{
    bool is_added = found != NULL && made != NULL && PyList_Append(found, made) == 0;
    Py_XDECREF(made);
    return is_added;
}

/* A column of 64 bits for each block, written through `at`. */
static PyObject *column(const Page *page, size_t many, int64_t **at)
{
    char *data = NULL;
    PyObject *made = room((Py_ssize_t)(page->count * many), sizeof(int64_t), &data);
    *at = (int64_t *)data;
    return made;
}

PyObject *copy(const void *values, size_t size)
{
    return PyBytes_FromStringAndSize(values, (Py_ssize_t)size);
}

/* Bytes for each block: those of its tag, then one for each of so many bits of the three elements
 * around it, lowest first, and of all. */
static bool add_switches(const Page *page, const char *own, Py_ssize_t own_size, Py_ssize_t bits,
                         PyObject *found)
{
    Py_ssize_t many = own_size / TAG_CODES;
    if (own_size % TAG_CODES != 0 || bits < 0 || bits > MOST_BITS) {
        PyErr_SetString(PyExc_ValueError, "the switches have another length");
        return false;
    }
    char *data = NULL;
    PyObject *made = room((Py_ssize_t)page->count * (many + 2 * bits), 1, &data);
    for (size_t i = 0; made != NULL && i < page->count; i++) {
        size_t row = (size_t)page->element[i], around = parent_of(page, row);
        int64_t above = page->tree.above[row];
        int64_t near = page->bits[row] | page->bits[around] | page->bits[parent_of(page, around)];
        memcpy(data, own + page->tags[row] * many, (size_t)many);
        data += many;
        for (Py_ssize_t bit = 0; bit < bits; bit++) {
            data[bit] = (char)(near >> bit & 1);
            data[bits + bit] = (char)(above >> bit & 1);
        }
        data += 2 * bits;
    }
    return add_made(found, made);
}

/* Where the containers of each block begin and end. */
static bool add_containers(const Page *page, PyObject *found)
{
    int64_t *begin, *end;
    PyObject *made[] = {column(page, LEVELS, &begin), column(page, LEVELS, &end)};
    bool is_made = made[0] != NULL && made[1] != NULL;
    for (size_t i = 0; is_made && i < page->count; i++) {
        for (size_t level = 0; level < LEVELS; level++) {
            int64_t row = page->blocks[i].path[level];
            begin[level * page->count + i] = page->tree.begin[row];
            end[level * page->count + i] = page->tree.end[row];
        }
    }
    for (int i = 0; i < 2; i++) {
        is_made = add_made(found, made[i]) && is_made;
    }
    return is_made;
}

bool add_groups(const Groups *groups, size_t count, PyObject *found)
{
    size_t rows = count * sizeof(int64_t), many = groups->count * sizeof(int64_t);
    return add_made(found, copy(groups->of, rows)) && add_made(found, copy(groups->sizes, many)) &&
           add_made(found, copy(groups->order, rows)) &&
           add_made(found, copy(groups->starts, many));
}

/* Sums over all blocks, the most words of one, and how many elements have each tag. */
static bool add_whole(const Page *page, PyObject *found)
{
    double whole[8 + TAG_CODES] = {0};
    memcpy(whole, &page->sums[page->count], sizeof(Sums));
    for (size_t i = 0; i < page->count; i++) {
        double words = page->blocks[i].words;
        whole[7] = words > whole[7] ? words : whole[7];
    }
    for (size_t row = 0; row < page->tree.count; row++) {
        whole[8 + page->tags[row]]++;
    }
    return add_made(found, copy(whole, sizeof whole));
}

static bool add_words(const Page *page, PyObject *found)
{
    char *data = NULL;
    PyObject *made = room((Py_ssize_t)page->count, sizeof(float), &data);
    for (size_t i = 0; made != NULL && i < page->count; i++) {
        ((float *)data)[i] = page->blocks[i].words;
    }
    return add_made(found, made);
}

static bool add_numbers(Page *page, Py_ssize_t rows, PyObject *found)
{
    if (rows < COUNTED_ROWS || rows > MOST_COUNTED) {
        PyErr_SetString(PyExc_ValueError, "the numbers have another length");
        return false;
    }
    Py_ssize_t size = rows * (Py_ssize_t)(page->count * sizeof(float));
    /* An array of bytes, which may be written to: Python adds what it counts, and logarithms. */
    PyObject *made = PyByteArray_FromStringAndSize(NULL, size);
    if (made != NULL) {
        fill_numbers(page, (float *)(void *)PyByteArray_AsString(made));
    }
    return add_made(found, made);
}

/* count((vocabulary, kinds, most_chars, tables), elements, classes,
 *       (named_rows,), names, texts_of_named, (hidden_rows,), hidden_bit,
 *       blocks, texts, headline, rows, switches_of_tags, bits)
 *
 * `elements` are columns of parents, tags, first blocks, ends and classes, `blocks` of elements,
 * characters in links, links, words and copies. Returns numbers, switches, begin, end, the four
 * columns of groups, words, and sums over the page. */
PyObject *count(PyObject *module, PyObject *arguments)
{
    (void)module;
    Given given = {0};
    Page page = {0};
    PyObject *capsule;
    const char *own;
    Py_ssize_t headline, rows, own_size, bits;
    if (!PyArg_ParseTuple(arguments, "(Oy#iO)OO!OO!O!OLOO!nny#n", &capsule, &given.kinds,
                          &given.kinds_size, &given.most_chars, &given.table_columns,
                          &given.element_columns, &PyList_Type, &given.classes, &given.named_rows,
                          &PyList_Type, &given.names, &PyList_Type, &given.named_texts,
                          &given.hidden_rows, &given.hidden_bit, &given.block_columns, &PyList_Type,
                          &given.texts, &headline, &rows, &own, &own_size, &bits)) {
        return NULL;
    }
    given.vocabulary = PyCapsule_GetPointer(capsule, VOCABULARY_NAME);
    page.headline = (size_t)headline;
    PyObject *found = given.vocabulary != NULL ? PyList_New(0) : NULL;
    if (found != NULL &&
        (!read_page(&given, &page) || !add_numbers(&page, rows, found) ||
         !add_switches(&page, own, own_size, bits, found) || !add_containers(&page, found) ||
         !add_groups(&page.groups, page.count, found) ||
         !add_words(&page, found) || !add_whole(&page, found))) {
        Py_CLEAR(found);
    }
    free_all(&page.memory);
    close_columns(&given.elements);
    close_columns(&given.blocks);
    close_columns(&given.named);
    close_columns(&given.hidden);
    return found;
}
