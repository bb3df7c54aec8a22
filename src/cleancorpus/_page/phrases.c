/* The table of phrases as a Python object. */

#include "python.h"

#define TABLE_NAME "cleancorpus.page.table"

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
        int mode, uses;
        PyObject *phrase = PyTuple_GetItem(held->phrases, (Py_ssize_t)at);
        if (!PyArg_ParseTuple(phrase, "iiy#y#", &mode, &uses, &key, &key_length, &line,
                              &length)) {
            return false;
        }
        if (mode < 0 || mode >= MODES || uses < 0 || uses > MOST_USES || length < 2) {
            PyErr_SetString(PyExc_ValueError, "no phrase has that mode or those uses, or no words");
            return false;
        }
        Entry *entry = claim(table, key, (size_t)key_length);
        table->phrases[at] = (Phrase){line, (size_t)length, entry->phrases[mode], mode, uses};
        entry->phrases[mode] = at;
    }
    return true;
}

/* Makes room for twice as many slots as there are keys, so that one is always free. */
static bool make_room(Held *held)
{
    Table *table = &held->table;
    size_t slots = 16, keys = (size_t)PyTuple_Size(held->words) + table->count;
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

/* make_table(((word, flags), ...), ((mode, uses, word, line), ...),
 *            (hit, hit as whole line, ...),
 *            (most words, words of parts, words of rows, words of dates)) */
PyObject *make_table(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *words, *phrases, *hits;
    Py_ssize_t most, parts, row, date;
    if (!PyArg_ParseTuple(arguments, "O!O!O!(nnnn)", &PyTuple_Type, &words, &PyTuple_Type, &phrases,
                          &PyTuple_Type, &hits, &most, &parts, &row, &date)) {
        return NULL;
    }
    if (PyTuple_Size(hits) != 2 * PyTuple_Size(phrases) || most > MOST_WORDS || most < 0 ||
        parts < 0 || row < 0 || date < 0) {
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
    held->table.date_words = (size_t)date;
    PyObject *capsule = make_room(held) && take_words(held) && take_phrases(held)
                            ? PyCapsule_New(held, TABLE_NAME, free_capsule)
                            : NULL;
    if (capsule == NULL) {
        free_held(held);
    }
    return capsule;
}

const Held *held_by(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, TABLE_NAME);
}

const Table *table_of(PyObject *capsule)
{
    const Held *held = held_by(capsule);
    return held != NULL ? &held->table : NULL;
}
