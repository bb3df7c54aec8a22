/* Many instances of a class at once, their slots filled from columns. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>

#define MOST_SLOTS 32

/* What each slot is set with, and from what: a list has a value for each instance, anything else is
 * the value of all. */
typedef struct {
    PyObject *slots[MOST_SLOTS], *columns[MOST_SLOTS];
    Py_ssize_t many;
    descrsetfunc set;
} Filling;

static bool read_filling(Filling *filling, PyObject *slots, PyObject *columns, Py_ssize_t count)
{
    filling->many = PyTuple_Size(slots);
    if (filling->many > MOST_SLOTS || PyTuple_Size(columns) != filling->many) {
        PyErr_SetString(PyExc_ValueError, "not as many columns as slots");
        return false;
    }
    for (Py_ssize_t i = 0; i < filling->many; i++) {
        filling->slots[i] = PyTuple_GetItem(slots, i);
        filling->columns[i] = PyTuple_GetItem(columns, i);
        if (!PyObject_TypeCheck(filling->slots[i], &PyMemberDescr_Type)) {
            PyErr_SetString(PyExc_TypeError, "what is to be filled is no slot");
            return false;
        }
        if (PyList_Check(filling->columns[i]) && PyList_Size(filling->columns[i]) != count) {
            PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
            return false;
        }
    }
    filling->set = (descrsetfunc)PyType_GetSlot(&PyMemberDescr_Type, Py_tp_descr_set);
    return filling->set != NULL;
}

/* Sets all slots; each refuses an instance of another class. */
static bool fill(const Filling *filling, PyObject *instance, Py_ssize_t at)
{
    for (Py_ssize_t i = 0; i < filling->many; i++) {
        PyObject *value = filling->columns[i];
        if (PyList_Check(value)) {
            value = PyList_GetItem(value, at);
        }
        if (value == NULL || filling->set(filling->slots[i], instance, value) < 0) {
            return false;
        }
    }
    return true;
}

/* make(class, slots, columns, count): a list of instances, made without their `__init__` */
static PyObject *make(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyTypeObject *type;
    PyObject *slots, *columns;
    Py_ssize_t count;
    Filling filling;
    if (!PyArg_ParseTuple(arguments, "O!O!O!n", &PyType_Type, &type, &PyTuple_Type, &slots,
                          &PyTuple_Type, &columns, &count) ||
        !read_filling(&filling, slots, columns, count)) {
        return NULL;
    }
    newfunc create = (newfunc)PyType_GetSlot(type, Py_tp_new);
    PyObject *nothing = PyTuple_New(0);
    PyObject *made = create != NULL && nothing != NULL ? PyList_New(0) : NULL;
    if (create == NULL && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "the class has no instances");
    }
    for (Py_ssize_t at = 0; made != NULL && at < count; at++) {
        PyObject *instance = create(type, nothing, NULL);
        if (instance == NULL || !fill(&filling, instance, at) ||
            PyList_Append(made, instance) < 0) {
            Py_CLEAR(made);
        }
        Py_XDECREF(instance);
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
