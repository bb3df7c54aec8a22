/* The lines of a text, as Python has them, to its numbers. */

#include <string.h>

#include "python.h"
#include "text.h"

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

/* The number of a line in a column; an error is asked for when all are read. */
static long long number(const GivenText *given, Py_ssize_t column, Py_ssize_t line)
{
    return PyLong_AsLongLong(PyList_GetItem(PyTuple_GetItem(given->numbers, column), line));
}

static int32_t kind_of(const GivenText *given, Py_ssize_t line)
{
    PyObject *kind = PyList_GetItem(given->kind_of, line);
    for (int32_t at = 0; at < LINE_KINDS; at++) {
        if (PyTuple_GetItem(given->line_kinds, at) == kind) {
            return at;
        }
    }
    PyErr_SetString(PyExc_ValueError, "a line is of a kind that is not there");
    return 0;
}

static void read_numbers(const GivenText *given, Py_ssize_t at, Line *line)
{
    float words = (float)number(given, 0, at);
    line->words = words > 1 ? words : 1;
    line->linked = (float)number(given, 1, at);
    line->level = (float)number(given, 2, at);
    line->gap = (float)number(given, 3, at);
    line->phrases = (uint32_t)number(given, 4, at);
    line->is_item = number(given, 5, at) != 0;
    line->is_indented = number(given, 6, at) != 0;
    line->is_date = number(given, 7, at) != 0;
    line->is_prose = number(given, 8, at) != 0;
    line->is_furniture = number(given, 9, at) != 0;
    line->is_aside = number(given, 10, at) != 0;
    line->copies = ((const float *)given->copies.buf)[at];
    line->kind = kind_of(given, at);
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
    memset(text->lines, 0, text->count * sizeof *text->lines);
    for (size_t i = 0; i < text->count; i++) {
        read_numbers(given, (Py_ssize_t)i, &text->lines[i]);
        if (PyErr_Occurred() || !read_characters(given, (Py_ssize_t)i, &text->lines[i])) {
            return false;
        }
    }
    return read_headlines(given, text);
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

static bool add_lines(const Text *text, PyObject *found)
{
    char *switches = NULL, *words = NULL, *titles = NULL;
    Py_ssize_t count = (Py_ssize_t)text->count;
    PyObject *made[] = {room(count, SWITCHES, &switches), room(count, sizeof(float), &words),
                        room(count, sizeof(float), &titles)};
    if (made[0] != NULL && made[1] != NULL && made[2] != NULL) {
        fill_switches(text, (uint8_t *)switches);
        fill_titles(text, (float *)(void *)titles);
        for (size_t i = 0; i < text->count; i++) {
            ((float *)(void *)words)[i] = text->lines[i].words;
        }
    }
    bool is_added = true;
    for (int i = 0; i < 3; i++) {
        is_added = add_made(found, made[i]) && is_added;
    }
    return is_added;
}

static PyObject *result(Text *text)
{
    size_t spans = SPANS * text->count * sizeof(int64_t);
    PyObject *found = PyList_New(0);
    /* An array of bytes, which may be written to: Python takes the logarithms. */
    PyObject *numbers = found == NULL ? NULL
                                      : PyByteArray_FromStringAndSize(
                                            NULL, (Py_ssize_t)(TEXT_ROWS * text->count * 4));
    if (numbers != NULL) {
        fill_text(text, (float *)(void *)PyByteArray_AsString(numbers));
    }
    if (!add_made(found, numbers) || !add_lines(text, found) ||
        !add_made(found, copy(text->begin, spans)) || !add_made(found, copy(text->end, spans)) ||
        !add_groups(&text->groups, text->count, found)) {
        Py_CLEAR(found);
    }
    return found;
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
    PyObject *found = read_text(&given, &text, headline) ? result(&text) : NULL;
    for (size_t i = 0; given.opened != NULL && i < text.count; i++) {
        Py_XDECREF(given.opened[i].owner);
    }
    PyMem_Free(given.opened);
    free_all(&text.memory);
    PyBuffer_Release(&given.copies);
    return found;
}
