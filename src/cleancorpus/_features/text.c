/* What is counted over the lines of a text, as Python sees it. */

#include "python.h"

/* openings(texts, classes, most_chars): six 32-bit counts for each text, see Opening */
PyObject *openings(PyObject *module, PyObject *arguments)
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
    PyObject *found = room(PyList_Size(texts), sizeof(Opening), &data);
    for (Py_ssize_t i = 0; found != NULL && i < PyList_Size(texts); i++) {
        Bytes text;
        if (!bytes_of(PyList_GetItem(texts, i), &text)) {
            Py_CLEAR(found);
            break;
        }
        ((Opening *)data)[i] =
            opening_of(text.data, (size_t)text.length, (const uint8_t *)classes, most);
        Py_XDECREF(text.owner);
    }
    return found;
}

/* The lines of a text while their words are counted. */
typedef struct {
    Bytes *keys;
    Py_ssize_t opened;
    size_t *ends;
    Tokens tokens;
} Reading;

static bool open_keys(Reading *reading, PyObject *keys)
{
    Py_ssize_t lines = PyList_Size(keys);
    size_t slots = 16, words = 0;
    reading->keys = PyMem_Calloc((size_t)lines + 1, sizeof *reading->keys);
    reading->ends = PyMem_Calloc((size_t)lines + 1, sizeof *reading->ends);
    if (reading->keys == NULL || reading->ends == NULL) {
        return PyErr_NoMemory() != NULL;
    }
    for (; reading->opened < lines; reading->opened++) {
        Bytes *key = &reading->keys[reading->opened];
        if (!bytes_of(PyList_GetItem(keys, reading->opened), key)) {
            return false;
        }
        words += words_in(key->data, (size_t)key->length);
        reading->ends[reading->opened] = words;
    }
    while (slots < 2 * words) {
        slots *= 2;
    }
    if (words >= UINT32_MAX / 2) {
        PyErr_SetString(PyExc_ValueError, "too many words");
        return false;
    }
    reading->tokens.mask = slots - 1;
    reading->tokens.slots = PyMem_Calloc(slots, sizeof *reading->tokens.slots);
    reading->tokens.known = PyMem_Malloc((words + 1) * sizeof *reading->tokens.known);
    reading->tokens.at = PyMem_Malloc((words + 1) * sizeof *reading->tokens.at);
    if (reading->tokens.slots == NULL || reading->tokens.known == NULL ||
        reading->tokens.at == NULL) {
        return PyErr_NoMemory() != NULL;
    }
    return true;
}

static void close_keys(Reading *reading)
{
    for (Py_ssize_t i = 0; i < reading->opened; i++) {
        Py_XDECREF(reading->keys[i].owner);
    }
    PyMem_Free(reading->keys);
    PyMem_Free(reading->ends);
    PyMem_Free(reading->tokens.slots);
    PyMem_Free(reading->tokens.known);
    PyMem_Free(reading->tokens.at);
}

/* Asks of each word once whether it is a stop word. */
static bool mark_stopwords(Tokens *tokens, PyObject *stopwords)
{
    for (size_t number = 0; number < tokens->many; number++) {
        Token *token = &tokens->known[number];
        PyObject *word = PyUnicode_DecodeUTF8((const char *)token->bytes,
                                              (Py_ssize_t)token->length, "surrogatepass");
        int is_stop = word != NULL ? PySequence_Contains(stopwords, word) : -1;
        Py_XDECREF(word);
        if (is_stop < 0) {
            return false;
        }
        token->is_stop = is_stop;
    }
    return true;
}

static PyObject *count_words(Reading *reading, const uint8_t *is_long)
{
    size_t lines = (size_t)reading->opened;
    char *data[4] = {NULL, NULL, NULL, NULL};
    PyObject *made[4], *found = NULL;
    for (int i = 0; i < 4; i++) {
        made[i] = room(reading->opened, sizeof(float), &data[i]);
    }
    if (made[0] != NULL && made[1] != NULL && made[2] != NULL && made[3] != NULL) {
        Usage usage = {(float *)data[0], (float *)data[1], (float *)data[2], (float *)data[3]};
        count_tokens(&reading->tokens, reading->ends, is_long, lines, &usage);
        found = PyTuple_Pack(4, made[0], made[1], made[2], made[3]);
    }
    for (int i = 0; i < 4; i++) {
        Py_XDECREF(made[i]);
    }
    return found;
}

/* tokens(keys, stop words, is_long): for each line its stop words, the share of its other words
 * that other lines use, and how many lines begin and end like it, as floats */
PyObject *tokens(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *keys, *stopwords, *found = NULL;
    Py_buffer is_long;
    if (!PyArg_ParseTuple(arguments, "O!Oy*", &PyList_Type, &keys, &stopwords, &is_long)) {
        return NULL;
    }
    Reading reading = {0};
    if (is_long.len != PyList_Size(keys)) {
        PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
    } else if (open_keys(&reading, keys)) {
        for (Py_ssize_t i = 0; i < reading.opened; i++) {
            add_tokens(&reading.tokens, reading.keys[i].data, (size_t)reading.keys[i].length);
        }
        if (mark_stopwords(&reading.tokens, stopwords)) {
            found = count_words(&reading, is_long.buf);
        }
    }
    close_keys(&reading);
    PyBuffer_Release(&is_long);
    return found;
}
