/* What selfcheck.py asks: how the walk takes lexbor's structures to lie, and what lies there. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "selfcheck.h"

#include <stdbool.h>

#include "lexbor.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

enum { MOST_PEEKED = 512 };

/* Copy memory that may not be there; false instead of a crash where it is not. */
#ifdef _WIN32
static bool copy_memory(uintptr_t address, void *to, size_t size)
{
    SIZE_T copied = 0;
    return ReadProcessMemory(GetCurrentProcess(), (const void *)address, to, size, &copied) &&
           copied == size;
}
#else
/* The kernel answers EFAULT for a bad address; a pipe holds more than is ever asked for. */
static bool copy_memory(uintptr_t address, void *to, size_t size)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    bool is_read = write(ends[1], (const void *)address, size) == (ssize_t)size &&
                   read(ends[0], to, size) == (ssize_t)size;
    close(ends[0]);
    close(ends[1]);
    return is_read;
}
#endif

PyObject *peek(PyObject *module, PyObject *arguments)
{
    (void)module;
    unsigned long long address;
    Py_ssize_t size;
    char copy[MOST_PEEKED];
    if (!PyArg_ParseTuple(arguments, "Kn", &address, &size)) {
        return NULL;
    }
    if (size < 0 || size > MOST_PEEKED || address > UINTPTR_MAX ||
        (size > 0 && !copy_memory((uintptr_t)address, copy, (size_t)size))) {
        PyErr_SetString(PyExc_ValueError, "no memory to read there");
        return NULL;
    }
    return PyBytes_FromStringAndSize(copy, size);
}

PyObject *layout(PyObject *module, PyObject *nothing)
{
    (void)module;
    (void)nothing;
    static const struct {
        const char *name;
        size_t value;
    } members[] = {
        {"local_name", offsetof(Node, local_name)},
        {"next", offsetof(Node, next)},
        {"previous", offsetof(Node, previous)},
        {"parent", offsetof(Node, parent)},
        {"first_child", offsetof(Node, first_child)},
        {"last_child", offsetof(Node, last_child)},
        {"type", offsetof(Node, type)},
        {"node_end", sizeof(Node)},
        {"text", offsetof(CharacterData, text)},
        {"qualified_name", offsetof(Element, qualified_name)},
        {"first_attribute", offsetof(Element, first_attribute)},
        {"last_attribute", offsetof(Element, last_attribute)},
        {"element_end", sizeof(Element)},
        {"attribute_qualified_name", offsetof(Attribute, qualified_name)},
        {"value", offsetof(Attribute, value)},
        {"owner", offsetof(Attribute, owner)},
        {"next_attribute", offsetof(Attribute, next)},
        {"attribute_end", sizeof(Attribute)},
        {"span_data", offsetof(Span, data)},
        {"span_length", offsetof(Span, length)},
        {"span_end", sizeof(Span)},
        {"name_length", offsetof(Name, length)},
        {"name_end", sizeof(Name)},
        {"short_name", SHORT_NAME},
        {"pointer", sizeof(void *)},
        {"integer", sizeof(int)},
    };
    PyObject *found = PyDict_New();
    for (size_t i = 0; found != NULL && i < sizeof members / sizeof *members; i++) {
        PyObject *value = PyLong_FromSize_t(members[i].value);
        if (value == NULL || PyDict_SetItemString(found, members[i].name, value) < 0) {
            Py_CLEAR(found);
        }
        Py_XDECREF(value);
    }
    return found;
}
