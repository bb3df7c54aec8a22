/* The lines of a text, as Python has them, to its numbers. */

#include "python.h"

#define NUMBERS 11 /* columns of them */

/* A text as Python hands it over. */
typedef struct {
    const char *kinds; /* of characters */
    Py_ssize_t kinds_size;
    int most_chars;
    PyObject *line_kinds, *texts, *keys, *kind_of, *numbers, *headlines, *stopwords;
    Py_buffer copies;
    Bytes *opened; /* keys, whose bytes the words point into */
    Py_ssize_t count;
} GivenText;

static bool are_lists(const GivenText *given)
{
    PyObject *const lists[] = {given->texts, given->keys, given->kind_of};
    bool are_whole = PyTuple_Size(given->numbers) == NUMBERS;
    for (int i = 0; i < 3; i++) {
        are_whole = are_whole && PyList_Size(lists[i]) == given->count;
    }
    for (Py_ssize_t i = 0; are_whole && i < NUMBERS; i++) {
        PyObject *column = PyTuple_GetItem(given->numbers, i);
        are_whole = PyList_Check(column) && PyList_Size(column) == given->count;
    }
    return are_whole && given->copies.len == given->count * (Py_ssize_t)sizeof(float);
}

static const char *check_text(const GivenText *given, const Text *text, Py_ssize_t headline)
{
    if (given->count < 1 || given->count > MOST_ROWS || headline < 0 || headline >= given->count) {
        return "a text needs a line, and has not so many, and its headline is one of them";
    }
    if (!are_lists(given)) {
        return "the columns are not of one length";
    }
    if (given->kinds_size != PLANE || given->most_chars < 1 || given->most_chars >= PLANE ||
        PyTuple_Size(given->line_kinds) != LINE_KINDS) {
        return "the kinds of characters or lines have the wrong length";
    }
    if (text->body_begin < 0 || text->body_begin > text->body_end ||
        text->body_end > given->count) {
        return "the body reaches to lines that are not there";
    }
    return NULL;
}

/* Copies a list of numbers; false where an error is set. */
static bool read_column(PyObject *list, size_t count, int64_t *column)
{
    for (size_t i = 0; i < count; i++) {
        column[i] = PyLong_AsLongLong(PyList_GetItem(list, (Py_ssize_t)i));
        if (column[i] == -1 && PyErr_Occurred()) {
            return false;
        }
    }
    return true;
}

/* The kind of a line, or -1 where an error is set. */
static int32_t kind_of(const GivenText *given, Py_ssize_t line)
{
    PyObject *kind = PyList_GetItem(given->kind_of, line);
    for (int32_t at = 0; at < LINE_KINDS; at++) {
        if (PyTuple_GetItem(given->line_kinds, at) == kind) {
            return at;
        }
    }
    PyErr_SetString(PyExc_ValueError, "a line is of a kind that is not there");
    return -1;
}

static bool read_numbers(const GivenText *given, Text *text)
{
    size_t count = text->count;
    int64_t *column[NUMBERS];
    column[0] = own(&text->memory, NUMBERS * count, sizeof(int64_t));
    if (column[0] == NULL) {
        return PyErr_NoMemory() != NULL;
    }
    for (size_t at = 0; at < NUMBERS; at++) {
        column[at] = column[0] + at * count;
        if (!read_column(PyTuple_GetItem(given->numbers, (Py_ssize_t)at), count, column[at])) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        float words = (float)column[0][i];
        text->lines[i] = (Line){
            .words = words > 1 ? words : 1,
            .linked = (float)column[1][i],
            .level = (float)column[2][i],
            .gap = (float)column[3][i],
            .phrases = (uint32_t)column[4][i],
            .is_item = column[5][i] != 0,
            .is_indented = column[6][i] != 0,
            .is_date = column[7][i] != 0,
            .is_prose = column[8][i] != 0,
            .is_furniture = column[9][i] != 0,
            .is_aside = column[10][i] != 0,
            .copies = ((const float *)given->copies.buf)[i],
            .kind = kind_of(given, (Py_ssize_t)i),
        };
        if (text->lines[i].kind < 0) {
            return false;
        }
    }
    return true;
}

static bool read_characters(const GivenText *given, Py_ssize_t at, Line *line)
{
    Bytes text;
    if (!bytes_of(PyList_GetItem(given->texts, at), &text)) {
        return false;
    }
    const uint8_t *kinds = (const uint8_t *)given->kinds;
    size_t length = (size_t)text.length;
    line->is_address = is_address(text.data, length, kinds);
    /* An empty line is read as a blank, so that it has a character. */
    line->shape = shape_of(length > 0 ? text.data : (const uint8_t *)" ", length > 0 ? length : 1,
                           kinds, given->most_chars);
    Py_XDECREF(text.owner);
    return true;
}

static bool read_headlines(const GivenText *given, Text *text)
{
    for (Py_ssize_t i = 0; i < PyList_Size(given->headlines); i++) {
        long long at = PyLong_AsLongLong(PyList_GetItem(given->headlines, i));
        if (at < 0 || at >= given->count) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "a headline is a line that is not there");
            }
            return false;
        }
        text->lines[at].is_headline = true;
    }
    return true;
}

static bool read_given(const GivenText *given, Text *text)
{
    bool is_read = read_numbers(given, text);
    for (size_t i = 0; is_read && i < text->count; i++) {
        is_read = read_characters(given, (Py_ssize_t)i, &text->lines[i]);
    }
    return is_read && read_headlines(given, text);
}

/* Opens all keys and notes where the words of each end; the number of all words, or zero where an
 * error is set. */
static size_t open_keys(GivenText *given, Text *text)
{
    size_t words = 0;
    for (size_t i = 0; i < text->count; i++) {
        Bytes *key = &given->opened[i];
        if (!bytes_of(PyList_GetItem(given->keys, (Py_ssize_t)i), key)) {
            return 0;
        }
        words += words_in(key->data, (size_t)key->length);
        text->word_ends[i] = words;
    }
    if (words >= UINT32_MAX / 2) {
        PyErr_SetString(PyExc_ValueError, "too many words");
        return 0;
    }
    return words;
}

static bool read_stopwords(PyObject *stopwords, Tokens *tokens)
{
    PyObject *each = PyObject_GetIter(stopwords), *word;
    bool is_read = each != NULL;
    while (is_read && (word = PyIter_Next(each)) != NULL) {
        Bytes bytes;
        is_read = bytes_of(word, &bytes);
        if (is_read) {
            mark_stopword(tokens, bytes.data, (size_t)bytes.length);
            Py_XDECREF(bytes.owner);
        }
        Py_DECREF(word);
    }
    Py_XDECREF(each);
    return is_read && !PyErr_Occurred();
}

static bool read_words(GivenText *given, Text *text)
{
    size_t words = open_keys(given, text);
    if (words == 0) {
        return false;
    }
    if (!make_words(text, words)) {
        return PyErr_NoMemory() != NULL;
    }
    for (size_t i = 0; i < text->count; i++) {
        add_tokens(&text->tokens, given->opened[i].data, (size_t)given->opened[i].length);
    }
    return read_stopwords(given->stopwords, &text->tokens);
}

/* Reads all that is handed over and makes of it what the numbers are made of. */
static bool read_text(GivenText *given, Text *text, Py_ssize_t headline)
{
    given->count = PyList_Size(given->texts);
    text->count = (size_t)given->count;
    text->headline = (size_t)headline;
    const char *wrong = check_text(given, text, headline);
    if (wrong != NULL) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return false;
    }
    given->opened = PyMem_Calloc(text->count, sizeof *given->opened);
    if (given->opened == NULL || !make_lines(text)) {
        return PyErr_NoMemory() != NULL;
    }
    if (!read_given(given, text) || !read_words(given, text)) {
        return false;
    }
    count_usage(text);
    read_lines(text);
    find_stretches(text);
    group_lines(text);
    return true;
}

/* count_text((kinds of characters, most_chars, kinds of lines), texts, keys, kinds, numbers, copies,
 *            keys that differ, (headline, first of the body, end of it), headlines, stop words)
 *
 * `numbers` are lists of words, characters in links, levels, gaps, phrases as bits, and what is
 * there or not: a mark of an item, an indentation, dates, prose, furniture, asides. Returns numbers,
 * switches, words, titles, begin, end, and the four columns of groups. */
PyObject *count_text(PyObject *module, PyObject *arguments)
{
    (void)module;
    GivenText given = {0};
    Text text = {0};
    Py_ssize_t headline, distinct, begin, end;
    if (!PyArg_ParseTuple(arguments, "(y#iO!)O!O!O!O!y*n(nnn)O!O", &given.kinds, &given.kinds_size,
                          &given.most_chars, &PyTuple_Type, &given.line_kinds, &PyList_Type,
                          &given.texts, &PyList_Type, &given.keys, &PyList_Type, &given.kind_of,
                          &PyTuple_Type, &given.numbers, &given.copies, &distinct, &headline,
                          &begin, &end, &PyList_Type, &given.headlines, &given.stopwords)) {
        return NULL;
    }
    text.distinct = (size_t)distinct;
    text.body_begin = begin;
    text.body_end = end;
    PyObject *found = read_text(&given, &text, headline) ? text_result(&text) : NULL;
    for (size_t i = 0; given.opened != NULL && i < text.count; i++) {
        Py_XDECREF(given.opened[i].owner);
    }
    PyMem_Free(given.opened);
    free_all(&text.memory);
    PyBuffer_Release(&given.copies);
    return found;
}
