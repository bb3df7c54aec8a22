/* What the phrases of an index say of lines. */

#include "python.h"

#include <string.h>

/* A line while it is looked at. */
typedef struct {
    const Held *held;
    const Table *table;
    const Reader *reader;
    const Shape *shape;
    Text text;
    const char *key;
    size_t length;
    Key other; /* room for other words of the line */
    Line line; /* the words that are looked at now */
    Row row;
} Looking;

/* What is found in a line. */
typedef struct {
    PyObject *hits; /* NULL where there are none */
    bool is_date;
    size_t parts; /* of a row, how many words it has */
} Found;

/* As compiled.py knows them. */
typedef enum { ASK_PYTHON, FOUND, ROW, FAILED } Outcome;

typedef struct {
    PyObject *of, *found;
} Taking;

static bool take_hit(void *into, size_t phrase, bool is_whole)
{
    Taking *taking = into;
    PyObject *hit = PyTuple_GetItem(taking->of, (Py_ssize_t)(2 * phrase + is_whole));
    if (taking->found == NULL) {
        taking->found = PyList_New(0);
    }
    return hit != NULL && taking->found != NULL && PyList_Append(taking->found, hit) == 0;
}

static bool refuse_credit(void *into, size_t phrase, bool is_whole)
{
    const Phrase *found = &((const Table *)into)->phrases[phrase];
    bool is_exact = is_whole || found->mode == EXACT;
    return !(((found->uses & OF_BYLINES) && is_exact) ||
             ((found->uses & OF_CAPTIONS) && (is_exact || found->mode == STARTS)));
}

static bool refuse_part(void *into, size_t phrase, bool is_whole)
{
    const Phrase *found = &((const Table *)into)->phrases[phrase];
    return !(is_whole || found->mode == EXACT || (found->uses & OF_BYLINES));
}

static bool refuse_label(void *into, size_t phrase, bool is_whole)
{
    const Phrase *found = &((const Table *)into)->phrases[phrase];
    return !((found->uses & IS_LABEL) && (is_whole || found->mode == EXACT));
}

static bool cut(Looking *looking, const char *key, size_t length, bool is_numbered)
{
    return cut_line(looking->table, key, length, is_numbered, &looking->line);
}

/* Whether the line is a row of menu words. */
static Answer is_row_of_words(Looking *looking)
{
    uint32_t bits = looking->shape->bits;
    if (looking->line.raw > looking->table->row_words) {
        return NO;
    }
    if (bits & GLUED) {
        if (!opens_row(&looking->line) && !(bits & OPENS_GLUED)) {
            return NO;
        }
        read_glued(looking->reader, &looking->text, &looking->other);
        if (!cut(looking, looking->other.bytes, looking->other.size, bits & NUMBERED)) {
            return NO;
        }
    }
    return is_row(looking->table, &looking->line, &looking->row);
}

static Outcome take_row(const Looking *looking, Found *found)
{
    Taking taking = {looking->held->hits, NULL};
    bool is_taken = true;
    for (size_t i = 0; is_taken && i < looking->row.count; i++) {
        is_taken = take_hit(&taking, looking->row.phrases[i], false);
    }
    found->hits = taking.found;
    found->parts = looking->line.raw;
    return is_taken ? ROW : FAILED;
}

/* What stands before a colon is a label. */
static bool has_label(Looking *looking)
{
    size_t label = looking->shape->label;
    return label > 0 && label <= looking->length &&
           cut(looking, looking->key, label, looking->shape->bits & NUMBERED) &&
           !find_phrases(looking->table, &looking->line, refuse_label, (void *)looking->table);
}

/* The last bracket or sentence may be a credit. */
static bool has_credit(Looking *looking)
{
    size_t tail = looking->shape->tail;
    if (tail >= looking->length) {
        return false;
    }
    size_t start = tail + (looking->key[tail] == ' ');
    return cut(looking, looking->key + start, looking->length - start,
               looking->shape->bits & NUMBERED) &&
           !find_phrases(looking->table, &looking->line, refuse_credit, (void *)looking->table);
}

/* The parts of a line while they are looked at. */
typedef struct {
    Looking *looking;
    size_t dates;
    bool has_phrase;
} Parts;

static bool look_at_part(void *into, const Key *part, bool is_numbered)
{
    Parts *parts = into;
    Looking *looking = parts->looking;
    uint32_t bits = is_numbered ? NUMBERED | CLOCKED | DATED | LETTERED : 0;
    if (cut(looking, part->bytes, part->size, is_numbered)) {
        parts->has_phrase = !find_phrases(looking->table, &looking->line, refuse_part,
                                          (void *)looking->table);
        parts->dates += is_date(looking->table, &looking->line, bits) != NO;
    }
    return !parts->has_phrase;
}

/* Counts the parts of a line; false where they may say something. */
static bool count_parts(Looking *looking, size_t *count)
{
    Parts parts = {looking, 0, false};
    *count = read_parts(looking->reader, &looking->text, &looking->other, look_at_part, &parts);
    return !parts.has_phrase && (*count < 2 || parts.dates < *count);
}

/* Looks in a line of at most so many words that it may be cut into parts. */
static Outcome look_closer(Looking *looking, Found *found)
{
    uint32_t bits = looking->shape->bits;
    Answer answer = is_date(looking->table, &looking->line, bits);
    if ((bits & (UNREAD | MAILED)) || answer == MAYBE) {
        return ASK_PYTHON;
    }
    found->is_date = answer == YES;
    if (found->hits == NULL) {
        Answer row = is_row_of_words(looking);
        if (row == YES) {
            return take_row(looking, found);
        }
        if (row == MAYBE || has_label(looking)) {
            return ASK_PYTHON;
        }
    }
    if (has_credit(looking) || ((bits & PARTED) && !count_parts(looking, &found->parts))) {
        return ASK_PYTHON;
    }
    return FOUND;
}

static Outcome find(Looking *looking, Found *found)
{
    if (looking->shape->bits & ODD) {
        return ASK_PYTHON;
    }
    if (!cut(looking, looking->key, looking->length, looking->shape->bits & NUMBERED)) {
        return FOUND;
    }
    Taking taking = {looking->held->hits, NULL};
    bool is_taken = find_phrases(looking->table, &looking->line, take_hit, &taking);
    found->hits = taking.found;
    if (!is_taken) {
        return FAILED;
    }
    return looking->line.raw > looking->table->parts_words ? FOUND : look_closer(looking, found);
}

static bool make_room(Looking *looking)
{
    looking->line.padded = PyMem_Malloc(2 * looking->text.length + looking->length + 3);
    looking->other.bytes = PyMem_Malloc(2 * looking->text.length + 1);
    if (looking->line.padded == NULL || looking->other.bytes == NULL) {
        PyErr_NoMemory();
        return false;
    }
    return true;
}

/* Adds what is found to the list, if there is anything. */
static bool add_found(PyObject *list, Py_ssize_t at, Outcome outcome, const Found *found)
{
    if (outcome == FOUND && found->hits == NULL && !found->is_date && found->parts == 1) {
        return true;
    }
    PyObject *hits = found->hits != NULL ? found->hits : Py_None;
    PyObject *row = Py_BuildValue("(niOOn)", at, (int)outcome, hits,
                                  found->is_date ? Py_True : Py_False, (Py_ssize_t)found->parts);
    bool is_added = row != NULL && PyList_Append(list, row) == 0;
    Py_XDECREF(row);
    return is_added;
}

/* Looks at one line and adds what is found, with its place, to the list. */
static bool look_at(Looking *looking, PyObject *text, PyObject *key, Py_ssize_t at, PyObject *list)
{
    Text taken;
    Found found = {NULL, false, 1};
    Outcome outcome = FAILED;
    bool is_added = false;
    if (!take_text(text, &looking->text) && PyErr_Occurred()) {
        return false;
    }
    if (take_text(key, &taken)) {
        looking->key = (const char *)taken.bytes;
        looking->length = taken.length;
        if (make_room(looking)) {
            outcome = find(looking, &found);
        }
        PyMem_Free(looking->line.padded);
        PyMem_Free(looking->other.bytes);
    }
    if (outcome != FAILED) {
        is_added = add_found(list, at, outcome, &found);
    }
    Py_XDECREF(found.hits);
    return is_added;
}

/* look_up(table, keys, shapes, texts, (kinds, folded)): of the lines that hold anything the index,
 * an outcome, a list of hits or None, whether they are a date, and how many parts they have */
PyObject *look_up(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *capsule, *keys, *texts, *tables;
    const char *shapes;
    Py_ssize_t count;
    Reader reader = {NULL, NULL, 0, 0};
    if (!PyArg_ParseTuple(arguments, "OO!y#O!O!", &capsule, &PyList_Type, &keys, &shapes, &count,
                          &PyList_Type, &texts, &PyTuple_Type, &tables) ||
        !take_characters(tables, &reader)) {
        return NULL;
    }
    const Held *held = held_by(capsule);
    if (held == NULL) {
        return NULL;
    }
    if (count != PyList_Size(keys) * (Py_ssize_t)sizeof(Shape) ||
        PyList_Size(texts) != PyList_Size(keys)) {
        PyErr_SetString(PyExc_ValueError, "the texts, keys and shapes are not of one length");
        return NULL;
    }
    Looking looking = {.held = held, .table = &held->table, .reader = &reader};
    PyObject *found = PyList_New(0);
    for (Py_ssize_t at = 0; found != NULL && at < PyList_Size(keys); at++) {
        Shape shape;
        memcpy(&shape, shapes + at * (Py_ssize_t)sizeof shape, sizeof shape);
        looking.shape = &shape;
        if (!look_at(&looking, PyList_GetItem(texts, at), PyList_GetItem(keys, at), at, found)) {
            Py_CLEAR(found);
        }
    }
    return found;
}
