/* The module that Python sees: a plan made once, the walk, the survey. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <string.h>

#include "selfcheck.h"
#include "walk.h"

#define PLAN_NAME "cleancorpus.walk.plan"

/* The plan */

static void free_plan(PyObject *capsule)
{
    PyMem_Free(PyCapsule_GetPointer(capsule, PLAN_NAME));
}

typedef struct {
    const char *data;
    Py_ssize_t length;
} Buffer;

static bool take_integers(Buffer from, int32_t *to, size_t count)
{
    if ((size_t)from.length != count * sizeof *to) {
        PyErr_SetString(PyExc_ValueError, "a table of the plan has the wrong length");
        return false;
    }
    memcpy(to, from.data, count * sizeof *to);
    return true;
}

static bool take_names(PyObject *list, Named *names, size_t *count)
{
    Py_ssize_t length = PyList_Size(list);
    if (length < 0 || length > MOST_NAMES) {
        PyErr_SetString(PyExc_ValueError, "too many names in the plan");
        return false;
    }
    for (Py_ssize_t i = 0; i < length; i++) {
        const char *bytes;
        Py_ssize_t size;
        int meaning;
        if (!PyArg_ParseTuple(PyList_GetItem(list, i), "y#i", &bytes, &size, &meaning)) {
            return false;
        }
        if (size > NAME_CHARS) {
            PyErr_SetString(PyExc_ValueError, "too long a name in the plan");
            return false;
        }
        memcpy(names[i].bytes, bytes, (size_t)size);
        names[i].length = (size_t)size;
        names[i].meaning = meaning;
    }
    *count = (size_t)length;
    return true;
}

static bool fill_plan(Plan *plan, PyObject *arguments)
{
    Buffer actions, codes, attributes, roles, kinds, levels;
    PyObject *tags, *names;
    unsigned long long text, link;
    if (!PyArg_ParseTuple(
            arguments, "(KK)(y#y#y#)(O!O!)(y#y#y#)(iii)(iiiii)(iiiiii)", &text, &link,
            &actions.data, &actions.length, &codes.data, &codes.length, &attributes.data,
            &attributes.length, &PyList_Type, &tags, &PyList_Type, &names, &roles.data,
            &roles.length, &kinds.data, &kinds.length, &levels.data, &levels.length,
            &plan->paragraph_code, &plan->svg_code, &plan->noscript_code, &plan->paragraph,
            &plan->line, &plan->item, &plan->heading, &plan->table_row, &plan->class_chars,
            &plan->attribute_chars, &plan->name_chars, &plan->cell_chars, &plan->row_elements,
            &plan->looked_at)) {
        return false;
    }
    plan->text = (uintptr_t)text;
    plan->link = (uintptr_t)link;
    return take_integers(actions, plan->actions, NUMBERS) &&
           take_integers(codes, plan->codes, NUMBERS) &&
           take_integers(attributes, plan->attributes, NUMBERS) &&
           take_integers(roles, plan->roles, CODES) &&
           take_integers(kinds, plan->kinds, CODES) &&
           take_integers(levels, plan->levels, CODES) &&
           take_names(tags, plan->tags, &plan->tag_count) &&
           take_names(names, plan->attribute_names, &plan->attribute_count);
}

static PyObject *make_plan(PyObject *module, PyObject *arguments)
{
    (void)module;
    Plan *plan = PyMem_Calloc(1, sizeof *plan);
    if (plan == NULL) {
        return PyErr_NoMemory();
    }
    PyObject *capsule = fill_plan(plan, arguments) ? PyCapsule_New(plan, PLAN_NAME, free_plan)
                                                   : NULL;
    if (capsule == NULL) {
        PyMem_Free(plan);
    }
    return capsule;
}

/* The page as Python objects. Each of these returns a new reference, or NULL with an error. */

static PyObject *integers(const int32_t *data, size_t length)
{
    size_t size = length * sizeof *data;
    return PyBytes_FromStringAndSize(size > 0 ? (const char *)data : "", (Py_ssize_t)size);
}

/* As selectolax decodes what it returns itself. */
static PyObject *decoded(Span text)
{
    return PyUnicode_DecodeUTF8((const char *)text.data, (Py_ssize_t)text.length, "replace");
}

static PyObject *texts_of(const Page *page)
{
    PyObject *list = PyList_New((Py_ssize_t)page->record_count);
    size_t start = 0;
    for (size_t i = 0; list != NULL && i < page->record_count; i++) {
        Span text = {page->shown.data + start, page->ends[i] - start};
        PyObject *item = decoded(text);
        start = page->ends[i];
        if (item == NULL || PyList_SetItem(list, (Py_ssize_t)i, item) < 0) {
            Py_CLEAR(list);
        }
    }
    return list;
}

static PyObject *found_texts(const Founds *founds)
{
    PyObject *list = PyList_New((Py_ssize_t)founds->length);
    for (size_t i = 0; list != NULL && i < founds->length; i++) {
        PyObject *item = decoded(founds->data[i].text);
        if (item == NULL || PyList_SetItem(list, (Py_ssize_t)i, item) < 0) {
            Py_CLEAR(list);
        }
    }
    return list;
}

static PyObject *found_integers(const Founds *founds, bool names)
{
    size_t count = founds->length;
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * sizeof(int32_t)));
    char *to = bytes != NULL ? PyBytes_AsString(bytes) : NULL;
    for (size_t i = 0; to != NULL && i < count; i++) {
        int32_t value = names ? founds->data[i].name : founds->data[i].row;
        memcpy(to + i * sizeof value, &value, sizeof value);
    }
    return bytes;
}

/* By row, the name, or the number where only the tree can tell the name. */
static PyObject *other_names(const Founds *founds)
{
    PyObject *names = PyDict_New();
    for (size_t i = 0; names != NULL && i < founds->length; i++) {
        const Found *found = &founds->data[i];
        PyObject *row = PyLong_FromLong(found->row);
        PyObject *name = found->number != 0 ? PyLong_FromSize_t(found->number)
                                            : decoded(found->text);
        if (row == NULL || name == NULL || PyDict_SetItem(names, row, name) < 0) {
            Py_CLEAR(names);
        }
        Py_XDECREF(row);
        Py_XDECREF(name);
    }
    return names;
}

/* A tuple that takes over its items; NULL if any of them is. */
static PyObject *tuple_of(PyObject **items, Py_ssize_t count)
{
    PyObject *tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (tuple != NULL && items[i] != NULL) {
            PyTuple_SetItem(tuple, i, items[i]);
        } else {
            Py_CLEAR(tuple);
            Py_XDECREF(items[i]);
        }
    }
    return tuple;
}

static PyObject *as_tuple(const Page *page)
{
    PyObject *rows[ROW_COLUMNS], *blocks[BLOCK_COLUMNS];
    for (int column = 0; column < ROW_COLUMNS; column++) {
        rows[column] = integers(page->columns[column], page->row_count);
    }
    for (int column = 0; column < BLOCK_COLUMNS; column++) {
        blocks[column] = integers(page->blocks[column], page->record_count);
    }
    PyObject *items[] = {
        tuple_of(rows, ROW_COLUMNS),
        found_texts(&page->classes),
        found_integers(&page->attributes, false),
        found_integers(&page->attributes, true),
        found_texts(&page->attributes),
        integers(page->hidden_rows.data, page->hidden_rows.length),
        other_names(&page->other_names),
        texts_of(page),
        tuple_of(blocks, BLOCK_COLUMNS),
        PyByteArray_FromStringAndSize((const char *)page->hidden, (Py_ssize_t)page->record_count),
    };
    return tuple_of(items, sizeof items / sizeof *items);
}

static PyObject *walk(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *capsule, *root;
    int read_noscript;
    Py_ssize_t most_blocks;
    if (!PyArg_ParseTuple(arguments, "OOpn", &capsule, &root, &read_noscript, &most_blocks)) {
        return NULL;
    }
    const Plan *plan = PyCapsule_GetPointer(capsule, PLAN_NAME);
    /* The node is held by the arguments, and holds the parser that owns the tree. */
    PyObject *address = plan != NULL ? PyObject_GetAttrString(root, "mem_id") : NULL;
    const Node *node = address != NULL ? PyLong_AsVoidPtr(address) : NULL;
    Py_XDECREF(address);
    if (PyErr_Occurred()) {
        return NULL;
    }
    if (node == NULL || most_blocks < 0) {
        PyErr_SetString(PyExc_ValueError, "no node to begin at");
        return NULL;
    }
    Page page;
    Status status;
    memset(&page, 0, sizeof page);
    Py_BEGIN_ALLOW_THREADS
    status = walk_page(plan, node, read_noscript != 0, (size_t)most_blocks, &page);
    if (status == DONE) {
        status = finish(plan, &page);
    }
    Py_END_ALLOW_THREADS
    PyObject *result = NULL;
    if (status == DONE) {
        result = as_tuple(&page);
    } else if (status == NOT_MINE) {
        result = Py_NewRef(Py_None);
    } else {
        PyErr_NoMemory();
    }
    free_page(&page);
    return result;
}

/* For the guard */

static PyObject *places_of(const Survey *found)
{
    PyObject *places = PyList_New((Py_ssize_t)found->linked_count);
    for (size_t i = 0; places != NULL && i < found->linked_count; i++) {
        PyObject *place = PyLong_FromSize_t(found->linked[i]);
        if (place == NULL || PyList_SetItem(places, (Py_ssize_t)i, place) < 0) {
            Py_CLEAR(places);
        }
    }
    return places;
}

static PyObject *survey(PyObject *module, PyObject *arguments)
{
    (void)module;
    const char *data;
    Py_ssize_t length, few_tags, formats, tag, linked;
    if (!PyArg_ParseTuple(arguments, "y#nnnn", &data, &length, &few_tags, &formats, &tag,
                          &linked)) {
        return NULL;
    }
    if (few_tags < 0 || formats < 0 || formats > MOST_FORMATS || tag < 0 || linked < 0 ||
        linked > MOST_LINKED) {
        PyErr_SetString(PyExc_ValueError, "no such limits of a survey");
        return NULL;
    }
    Span html = {(const unsigned char *)data, (size_t)length};
    SurveyLimits limits = {(size_t)few_tags, (size_t)formats, (size_t)tag, (size_t)linked};
    Survey found;
    Py_BEGIN_ALLOW_THREADS
    found = survey_page(html, limits);
    Py_END_ALLOW_THREADS
    return Py_BuildValue("nnnnN", (Py_ssize_t)found.tags, (Py_ssize_t)found.open,
                         (Py_ssize_t)found.formats, (Py_ssize_t)found.attributes,
                         places_of(&found));
}

/* has_controls(text): whether control characters stand in the bytes of a text */
static PyObject *controls(PyObject *module, PyObject *argument)
{
    (void)module;
    char *data;
    Py_ssize_t length;
    if (PyBytes_AsStringAndSize(argument, &data, &length) < 0) {
        return NULL;
    }
    bool found;
    Py_BEGIN_ALLOW_THREADS
    found = has_controls((Span){(const unsigned char *)data, (size_t)length});
    Py_END_ALLOW_THREADS
    return PyBool_FromLong(found);
}

static PyMethodDef methods[] = {
    {"make_plan", make_plan, METH_VARARGS, NULL},
    {"walk", walk, METH_VARARGS, NULL},
    {"survey", survey, METH_VARARGS, NULL},
    {"has_controls", controls, METH_O, NULL},
    {"peek", peek, METH_VARARGS, NULL},
    {"layout", layout, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {{0, NULL}};

/* Nothing is kept between calls, so that any number of interpreters can have the module. */
static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_compiled",
    .m_doc = "The walk over lexbor's tree, compiled; see compiled.py.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__compiled(void)
{
    return PyModuleDef_Init(&definition);
}
