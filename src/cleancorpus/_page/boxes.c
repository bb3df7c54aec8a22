/* The containers of a page that say what they hold, where they are small against the page; the
 * twin of boxes.py, which tells the rules. */

#include "python.h"

#include <string.h>

enum { BY_TAG, BY_ROLE, BY_NAME };

#define MOST_ROLES 32
#define IS_ARIA (1u << 16) /* a word that is a role of its own, beside its number from 1 on */
#define NUMBER_OF (IS_ARIA - 1)
#define LONGEST_WORD 32

enum { FIRST_BLOCK, END_BLOCK, TAG_CODE, CLASS_AT, ATTRIBUTE_ROWS, PROSE, WORDS, COLUMNS };

typedef struct {
    const int32_t *values;
    Py_ssize_t count;
} Column;

/* A page and what is found on it. `ends` holds by role where the last small container ends, of
 * those known by a name and of the others. */
typedef struct {
    const Table *table;
    const char *roles, *tags; /* the role of each name; the name of each tag, from 1, or 0 */
    Py_ssize_t names, tag_count;
    Py_buffer views[COLUMNS];
    Column columns[COLUMNS];
    int opened;
    PyObject *classes, *attribute_names, *attribute_texts;
    PyObject *named; /* by class the bytes of its role words, once read */
    double most_words, most_blocks;
    int32_t ends[2][MOST_ROLES];
    PyObject *boxes, *large;
} Page;

/* How many words of running text stand before a block. */
static int32_t words_before(const Page *page, int32_t block)
{
    Column prose = page->columns[PROSE];
    Py_ssize_t low = 0, high = prose.count;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (prose.values[middle] < block) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return page->columns[WORDS].values[low];
}

/* Judges a container of one row, known by a name in one way. */
static bool add_box(Page *page, Py_ssize_t row, uint32_t number, int told)
{
    int32_t start = page->columns[FIRST_BLOCK].values[row];
    int32_t stop = page->columns[END_BLOCK].values[row];
    if (number == 0 || (Py_ssize_t)number > page->names ||
        (uint8_t)page->roles[number - 1] >= MOST_ROLES) {
        PyErr_SetString(PyExc_ValueError, "a name without a role");
        return false;
    }
    uint8_t role = (uint8_t)page->roles[number - 1];
    int32_t *end = &page->ends[told == BY_NAME][role];
    if (start < *end || (told == BY_NAME && stop - start > page->most_blocks)) {
        return true;
    }
    bool is_small = words_before(page, stop) - words_before(page, start) <= page->most_words;
    PyObject *found = is_small
                          ? Py_BuildValue("(Iiii)", (unsigned int)(number - 1), start, stop, told)
                          : PyLong_FromLong(role);
    bool is_added =
        found != NULL && PyList_Append(is_small ? page->boxes : page->large, found) == 0;
    Py_XDECREF(found);
    if (is_small) {
        *end = stop;
    }
    return is_added;
}

static bool is_small_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* The flags of the next word of a text, a run of ASCII letters parted also at humps, or 0 where it
 * is not known; `at` moves behind it. */
static uint32_t next_word(const Table *table, const char *text, Py_ssize_t length, Py_ssize_t *at)
{
    char word[LONGEST_WORD];
    size_t size = 0;
    while (*at < length && !is_small_letter(text[*at]) && !is_capital(text[*at])) {
        (*at)++;
    }
    for (; *at < length && (is_small_letter(text[*at]) || is_capital(text[*at])); (*at)++) {
        if (size > 0 && is_capital(text[*at]) && is_small_letter(text[*at - 1])) {
            break;
        }
        if (size < LONGEST_WORD) {
            word[size] = (char)(text[*at] | 0x20);
        }
        size++;
    }
    const Entry *entry = size > 0 && size <= LONGEST_WORD ? known(table, word, size) : NULL;
    return entry != NULL ? entry->flags : 0;
}

/* The flags of the words of a text that tell roles, four bytes each, as a new bytes object. */
static PyObject *read_name(const Page *page, PyObject *text)
{
    uint32_t flags[64];
    size_t count = 0;
    char *bytes;
    Py_ssize_t length, at = 0;
    PyObject *encoded = text ? PyUnicode_AsEncodedString(text, "utf-8", "replace") : NULL;
    if (encoded == NULL || PyBytes_AsStringAndSize(encoded, &bytes, &length) < 0) {
        Py_XDECREF(encoded);
        return NULL;
    }
    PyObject *found = PyBytes_FromStringAndSize(NULL, 0);
    while (found != NULL && at < length) {
        uint32_t flag = next_word(page->table, bytes, length, &at);
        if (flag != 0) {
            flags[count++] = flag;
        }
        if (count > 0 && (count == 64 || at >= length)) {
            PyObject *more =
                PyBytes_FromStringAndSize((char *)flags, (Py_ssize_t)(count * sizeof flag));
            PyObject *both = more != NULL ? PySequence_Concat(found, more) : NULL;
            Py_XDECREF(more);
            Py_DECREF(found);
            found = both;
            count = 0;
        }
    }
    Py_DECREF(encoded);
    return found;
}

static bool add_words(Page *page, Py_ssize_t row, PyObject *words, bool is_role)
{
    char *bytes;
    Py_ssize_t length;
    if (words == NULL || PyBytes_AsStringAndSize(words, &bytes, &length) < 0) {
        return false;
    }
    for (Py_ssize_t at = 0; at < length; at += (Py_ssize_t)sizeof(uint32_t)) {
        uint32_t flags;
        memcpy(&flags, bytes + at, sizeof flags);
        int told = is_role && (flags & IS_ARIA) ? BY_ROLE : BY_NAME;
        if (!add_box(page, row, flags & NUMBER_OF, told)) {
            return false;
        }
    }
    return true;
}

static bool read_class(Page *page, Py_ssize_t row)
{
    Py_ssize_t at = page->columns[CLASS_AT].values[row];
    PyObject *words = PyList_GetItem(page->named, at);
    if (words == Py_None) {
        words = read_name(page, PyList_GetItem(page->classes, at));
        if (words == NULL || PyList_SetItem(page->named, at, words) < 0) {
            return false;
        }
    }
    return add_words(page, row, words, false);
}

static bool read_attribute(Page *page, Py_ssize_t row, Py_ssize_t at)
{
    PyObject *name = PyList_GetItem(page->attribute_names, at);
    if (name == NULL) {
        return false;
    }
    bool is_role = PyUnicode_CompareWithASCIIString(name, "role") == 0;
    if (!is_role && PyUnicode_CompareWithASCIIString(name, "id") != 0) {
        return true;
    }
    PyObject *words = read_name(page, PyList_GetItem(page->attribute_texts, at));
    bool is_added = add_words(page, row, words, is_role);
    Py_XDECREF(words);
    return is_added;
}

/* Reads all rows that hold blocks: the tag, the class, then id and role. */
static bool read_rows(Page *page)
{
    Column attributes = page->columns[ATTRIBUTE_ROWS];
    Py_ssize_t next = 0;
    for (Py_ssize_t row = 0; row < page->columns[TAG_CODE].count; row++) {
        bool holds = page->columns[END_BLOCK].values[row] > page->columns[FIRST_BLOCK].values[row];
        int32_t tag = page->columns[TAG_CODE].values[row];
        uint8_t number = tag >= 0 && tag < page->tag_count ? (uint8_t)page->tags[tag] : 0;
        if (holds && ((number > 0 && !add_box(page, row, number, BY_TAG)) ||
                      !read_class(page, row))) {
            return false;
        }
        for (; next < attributes.count && attributes.values[next] <= row; next++) {
            if (holds && attributes.values[next] == row && !read_attribute(page, row, next)) {
                return false;
            }
        }
    }
    return true;
}

/* Opens the columns of a tuple, and checks what the loops rely on. */
static bool open_page(Page *page, PyObject *columns)
{
    for (; page->opened < COLUMNS; page->opened++) {
        PyObject *column = PyTuple_GetItem(columns, page->opened);
        Py_buffer *view = &page->views[page->opened];
        if (column == NULL || PyObject_GetBuffer(column, view, PyBUF_SIMPLE) < 0) {
            return false;
        }
        page->columns[page->opened] =
            (Column){view->buf, view->len / (Py_ssize_t)sizeof(int32_t)};
    }
    Py_ssize_t rows = page->columns[TAG_CODE].count;
    if (page->columns[FIRST_BLOCK].count != rows || page->columns[END_BLOCK].count != rows ||
        page->columns[CLASS_AT].count != rows ||
        page->columns[WORDS].count != page->columns[PROSE].count + 1) {
        PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
        return false;
    }
    return true;
}

static bool make_lists(Page *page)
{
    page->boxes = PyList_New(0);
    page->large = PyList_New(0);
    page->named = PyList_New(0);
    for (Py_ssize_t at = 0; page->named != NULL && at < PyList_Size(page->classes); at++) {
        if (PyList_Append(page->named, Py_None) < 0) {
            return false;
        }
    }
    return page->boxes != NULL && page->large != NULL && page->named != NULL;
}

/* find_boxes(table, roles, tags, columns, classes, names, texts, most words, most blocks): the
 * small containers as (name, start, end, what told), and the roles that one had that is large */
PyObject *find_boxes(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *capsule, *columns, *found = NULL;
    Page page = {0};
    if (!PyArg_ParseTuple(arguments, "Oy#y#O!O!O!O!dd", &capsule, &page.roles, &page.names,
                          &page.tags, &page.tag_count, &PyTuple_Type, &columns, &PyList_Type,
                          &page.classes, &PyList_Type, &page.attribute_names, &PyList_Type,
                          &page.attribute_texts, &page.most_words, &page.most_blocks)) {
        return NULL;
    }
    page.table = table_of(capsule);
    if (page.table != NULL && open_page(&page, columns) && make_lists(&page) &&
        read_rows(&page)) {
        found = PyTuple_Pack(2, page.boxes, page.large);
    }
    while (page.opened > 0) {
        PyBuffer_Release(&page.views[--page.opened]);
    }
    Py_XDECREF(page.boxes);
    Py_XDECREF(page.large);
    Py_XDECREF(page.named);
    return found;
}
