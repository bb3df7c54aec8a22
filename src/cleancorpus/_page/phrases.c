/* The table of phrases as a Python object, and the lines looked up in it. */

#include "python.h"

#include <string.h>

#define TABLE_NAME "cleancorpus.page.table"

/* The table, what it points into, and the hits that stand for its phrases, two for each: as it is,
 * and as the whole line. */
typedef struct {
    Table table;
    PyObject *words, *phrases, *hits;
} Held;

static void free_held(Held *held)
{
    PyMem_Free(held->table.slots);
    PyMem_Free(held->table.hashes);
    PyMem_Free(held->table.phrases);
    Py_XDECREF(held->words);
    Py_XDECREF(held->phrases);
    Py_XDECREF(held->hits);
    PyMem_Free(held);
}

static void free_capsule(PyObject *capsule)
{
    free_held(PyCapsule_GetPointer(capsule, TABLE_NAME));
}

static bool take_words(Held *held)
{
    for (Py_ssize_t at = 0; at < PyTuple_Size(held->words); at++) {
        const char *key;
        Py_ssize_t length;
        unsigned int flags;
        if (!PyArg_ParseTuple(PyTuple_GetItem(held->words, at), "y#I", &key, &length, &flags)) {
            return false;
        }
        claim(&held->table, key, (size_t)length)->flags |= flags;
    }
    return true;
}

static bool take_phrases(Held *held)
{
    Table *table = &held->table;
    for (size_t at = 0; at < table->count; at++) {
        const char *key, *line;
        Py_ssize_t key_length, length;
        int mode;
        PyObject *phrase = PyTuple_GetItem(held->phrases, (Py_ssize_t)at);
        if (!PyArg_ParseTuple(phrase, "iy#y#", &mode, &key, &key_length, &line, &length)) {
            return false;
        }
        if (mode < 0 || mode >= MODES || length < 2) {
            PyErr_SetString(PyExc_ValueError, "no phrase has that mode, or no words");
            return false;
        }
        claim(table, line + 1, (size_t)length - 2)->flags |= IS_PHRASE;
        Entry *entry = claim(table, key, (size_t)key_length);
        table->phrases[at] = (Phrase){line, (size_t)length, entry->phrases[mode]};
        entry->phrases[mode] = at;
    }
    return true;
}

/* Makes room for twice as many slots as there are keys, so that one is always free. */
static bool make_room(Held *held)
{
    Table *table = &held->table;
    size_t slots = 16, keys = (size_t)PyTuple_Size(held->words) + 2 * table->count;
    while (slots < 2 * keys + 2) {
        slots *= 2;
    }
    table->mask = slots - 1;
    table->slots = PyMem_Calloc(slots, sizeof *table->slots);
    table->hashes = PyMem_Calloc(slots, sizeof *table->hashes);
    table->phrases = PyMem_Calloc(table->count + 1, sizeof *table->phrases);
    if (table->slots == NULL || table->hashes == NULL || table->phrases == NULL) {
        PyErr_NoMemory();
        return false;
    }
    return true;
}

/* make_table(((word, flags), ...), ((mode, word, line), ...), (hit, hit as whole line, ...),
 *            most words, words of parts, words of rows) */
PyObject *make_table(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *words, *phrases, *hits;
    Py_ssize_t most, parts, row;
    if (!PyArg_ParseTuple(arguments, "O!O!O!nnn", &PyTuple_Type, &words, &PyTuple_Type, &phrases,
                          &PyTuple_Type, &hits, &most, &parts, &row)) {
        return NULL;
    }
    if (PyTuple_Size(hits) != 2 * PyTuple_Size(phrases) || most > MOST_WORDS || most < 0 ||
        parts < 0 || row < 0) {
        PyErr_SetString(PyExc_ValueError, "not two hits for each phrase, or too long a line");
        return NULL;
    }
    Held *held = PyMem_Calloc(1, sizeof *held);
    if (held == NULL) {
        return PyErr_NoMemory();
    }
    held->words = Py_NewRef(words);
    held->phrases = Py_NewRef(phrases);
    held->hits = Py_NewRef(hits);
    held->table.count = (size_t)PyTuple_Size(phrases);
    held->table.most_words = (size_t)most;
    held->table.parts_words = (size_t)parts;
    held->table.row_words = (size_t)row;
    PyObject *capsule = make_room(held) && take_words(held) && take_phrases(held)
                            ? PyCapsule_New(held, TABLE_NAME, free_capsule)
                            : NULL;
    if (capsule == NULL) {
        free_held(held);
    }
    return capsule;
}

const Table *table_of(PyObject *capsule)
{
    const Held *held = PyCapsule_GetPointer(capsule, TABLE_NAME);
    return held != NULL ? &held->table : NULL;
}

/* The hits of one line, made when the first one is found. */
typedef struct {
    PyObject *of, *found;
} Taking;

static bool take(void *into, size_t phrase, bool is_whole)
{
    Taking *taking = into;
    PyObject *hit = PyTuple_GetItem(taking->of, (Py_ssize_t)(2 * phrase + is_whole));
    if (taking->found == NULL) {
        taking->found = PyList_New(0);
    }
    return hit != NULL && taking->found != NULL && PyList_Append(taking->found, hit) == 0;
}

static bool refuse(void *into, size_t phrase, bool is_whole)
{
    (void)into, (void)phrase, (void)is_whole;
    return false;
}

/* What stands before a colon is a phrase, or something may be one in a bracket at the end. */
static bool has_part(const Table *table, const char *key, size_t length, const Shape *shape,
                     Line *line)
{
    bool is_numbered = shape->bits & NUMBERED;
    if (shape->label > 0 && shape->label <= length &&
        cut_line(table, key, shape->label, is_numbered, line) && is_phrase(table, line)) {
        return true;
    }
    if (shape->tail >= length) {
        return false;
    }
    size_t start = shape->tail + (key[shape->tail] == ' ');
    return cut_line(table, key + start, length - start, is_numbered, line) &&
           !find_phrases(table, line, refuse, NULL);
}

/* What is found of a line: a list of hits, or None where Python has to look, or NULL without an
 * error where there is nothing. */
static PyObject *find(const Held *held, const char *key, size_t length, const Shape *shape,
                      Line *line)
{
    const Table *table = &held->table;
    Taking taking = {held->hits, NULL};
    if ((shape->bits & SIGNED) || has_part(table, key, length, shape, line)) {
        if (cut_line(table, key, length, shape->bits & NUMBERED, line) &&
            line->raw <= table->parts_words) {
            return Py_NewRef(Py_None);
        }
    }
    if (!cut_line(table, key, length, shape->bits & NUMBERED, line)) {
        return NULL;
    }
    if (line->raw <= table->parts_words && may_be_date(line)) {
        return Py_NewRef(Py_None);
    }
    if (!find_phrases(table, line, take, &taking)) {
        Py_CLEAR(taking.found);
        return NULL;
    }
    uint32_t glued = GLUED | OPENS_GLUED;
    if (taking.found == NULL && line->raw <= table->row_words &&
        (may_be_row(table, line) || ((shape->bits & GLUED) && (opens_row(line) ||
         (shape->bits & glued) == glued)))) {
        return Py_NewRef(Py_None);
    }
    return taking.found;
}

/* Looks one key up and adds what is found, with its place, to the list. */
static bool look_at(const Held *held, PyObject *keys, Py_ssize_t at, const Shape *shape,
                    PyObject *found)
{
    Py_ssize_t length;
    Line line;
    PyObject *text = PyList_GetItem(keys, at);
    const char *key = text != NULL ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    line.padded = key != NULL ? PyMem_Malloc((size_t)length + 3) : NULL;
    if (line.padded == NULL) {
        return key == NULL ? false : PyErr_NoMemory() != NULL;
    }
    PyObject *hits = shape->bits & ODD ? Py_NewRef(Py_None)
                                       : find(held, key, (size_t)length, shape, &line);
    PyMem_Free(line.padded);
    if (hits == NULL) {
        return !PyErr_Occurred();
    }
    PyObject *pair = Py_BuildValue("(nN)", at, hits);
    bool is_added = pair != NULL && PyList_Append(found, pair) == 0;
    Py_XDECREF(pair);
    return is_added;
}

/* look_up(table, keys, shapes): of the lines that hold anything the index with a list of hits, or
 * with None where Python has to look */
PyObject *look_up(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *capsule, *keys;
    const char *shapes;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(arguments, "OO!y#", &capsule, &PyList_Type, &keys, &shapes, &count)) {
        return NULL;
    }
    const Held *held = PyCapsule_GetPointer(capsule, TABLE_NAME);
    if (held == NULL) {
        return NULL;
    }
    if (count != PyList_Size(keys) * (Py_ssize_t)sizeof(Shape)) {
        PyErr_SetString(PyExc_ValueError, "the keys and shapes are not of one length");
        return NULL;
    }
    PyObject *found = PyList_New(0);
    for (Py_ssize_t at = 0; found != NULL && at < PyList_Size(keys); at++) {
        Shape shape;
        memcpy(&shape, shapes + at * (Py_ssize_t)sizeof shape, sizeof shape);
        if (!look_at(held, keys, at, &shape, found)) {
            Py_CLEAR(found);
        }
    }
    return found;
}
