/* Many instances of a class at once, their slots filled from columns. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <structmember.h>

#include <stdbool.h>
#include <string.h>

#define MOST_SLOTS 32

/* Where each slot lies in an instance, and what it is set to: a list has a value for each instance,
 * anything else is the value of all. */
typedef struct {
    Py_ssize_t offsets[MOST_SLOTS];
    PyObject *columns[MOST_SLOTS];
    bool is_list[MOST_SLOTS];
    Py_ssize_t many;
} Filling;

/* The member of that name that `__slots__` made; a member of any other kind is not ours to set. */
static const PyMemberDef *find_slot(PyTypeObject *type, PyObject *name)
{
    const char *wanted = PyUnicode_AsUTF8AndSize(name, NULL);
    const PyMemberDef *member = wanted == NULL ? NULL : PyType_GetSlot(type, Py_tp_members);
    for (; member != NULL && member->name != NULL; member++) {
        if (strcmp(member->name, wanted) == 0 && member->type == T_OBJECT_EX && !member->flags) {
            return member;
        }
    }
    if (!PyErr_Occurred()) {
        PyErr_Format(PyExc_TypeError, "the class has no slot %R", name);
    }
    return NULL;
}

static bool read_filling(Filling *filling, PyTypeObject *type, PyObject *names, PyObject *columns,
                         Py_ssize_t count)
{
    filling->many = PyTuple_Size(names);
    if (filling->many > MOST_SLOTS || PyTuple_Size(columns) != filling->many) {
        PyErr_SetString(PyExc_ValueError, "not as many columns as slots");
        return false;
    }
    for (Py_ssize_t i = 0; i < filling->many; i++) {
        const PyMemberDef *slot = find_slot(type, PyTuple_GetItem(names, i));
        if (slot == NULL) {
            return false;
        }
        filling->offsets[i] = slot->offset;
        filling->columns[i] = PyTuple_GetItem(columns, i);
        filling->is_list[i] = PyList_Check(filling->columns[i]);
        if (filling->is_list[i] && PyList_Size(filling->columns[i]) != count) {
            PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
            return false;
        }
    }
    return true;
}

/* Sets all slots of a new instance, which are empty; the descriptors would check that each time. */
static bool fill(const Filling *filling, PyObject *instance, Py_ssize_t at)
{
    for (Py_ssize_t i = 0; i < filling->many; i++) {
        PyObject *value = filling->columns[i];
        if (filling->is_list[i]) {
            value = PyList_GetItem(value, at);
        }
        PyObject **slot = (PyObject **)((char *)instance + filling->offsets[i]);
        if (value == NULL || *slot != NULL) {
            return false; // the list is shorter by now, or a slot was named twice
        }
        Py_INCREF(value);
        *slot = value;
    }
    return true;
}

/* A new instance of a class, filled, that the collector need not look at: it is of no cycle. */
static PyObject *make_one(PyTypeObject *type, newfunc create, PyObject *nothing,
                          const Filling *filling, Py_ssize_t at)
{
    PyObject *instance = create(type, nothing, NULL);
    if (instance == NULL) {
        return NULL;
    }
    if (Py_TYPE(instance) != type || !fill(filling, instance, at)) {
        Py_DECREF(instance);
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "the slots cannot be filled");
        }
        return NULL;
    }
    if (PyObject_GC_IsTracked(instance)) {
        PyObject_GC_UnTrack(instance);
    }
    return instance;
}

/* make(class, names, columns, count): a list of instances, made without their `__init__` */
static PyObject *make(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyTypeObject *type;
    PyObject *names, *columns;
    Py_ssize_t count;
    Filling filling;
    if (!PyArg_ParseTuple(arguments, "O!O!O!n", &PyType_Type, &type, &PyTuple_Type, &names,
                          &PyTuple_Type, &columns, &count) ||
        !read_filling(&filling, type, names, columns, count)) {
        return NULL;
    }
    newfunc create = (newfunc)PyType_GetSlot(type, Py_tp_new);
    PyObject *nothing = PyTuple_New(0);
    PyObject *made = create != NULL && nothing != NULL ? PyList_New(count) : NULL;
    if (create == NULL && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "the class has no instances");
    }
    for (Py_ssize_t at = 0; made != NULL && at < count; at++) {
        PyObject *instance = make_one(type, create, nothing, &filling, at);
        if (instance == NULL || PyList_SetItem(made, at, instance) < 0) {
            Py_CLEAR(made);
        }
    }
    Py_XDECREF(nothing);
    return made;
}

static PyMethodDef methods[] = {
    {"make", make, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "cleancorpus._make",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__make(void)
{
    return PyModuleDef_Init(&definition);
}
