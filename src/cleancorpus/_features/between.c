/* Arrays of the network, as Python has them, to means and sums. */

#include <stdlib.h>

#include "python.h"

/* Fills the means over one span for all blocks. */
static bool fill_span(PyObject *begin, PyObject *end, const float *sums, size_t channels,
                      size_t count, float *means, size_t width)
{
    Py_buffer from, upto;
    if (PyObject_GetBuffer(begin, &from, PyBUF_SIMPLE) < 0) {
        return false;
    }
    if (PyObject_GetBuffer(end, &upto, PyBUF_SIMPLE) < 0) {
        PyBuffer_Release(&from);
        return false;
    }
    const char *wrong = "the spans are not one for each block";
    if ((size_t)from.len == count * sizeof(int64_t) && from.len == upto.len) {
        wrong = check_span(from.buf, upto.buf, count);
    }
    if (wrong == NULL) {
        mean_of(sums, channels, from.buf, upto.buf, count, means, width);
    } else {
        PyErr_SetString(PyExc_ValueError, wrong);
    }
    PyBuffer_Release(&from);
    PyBuffer_Release(&upto);
    return wrong == NULL;
}

/* Fills the means over all spans; returns the sums over the page. */
static PyObject *fill_spans(const Py_buffer *hidden, size_t channels, PyObject *begins,
                            PyObject *ends, const Py_buffer *means)
{
    size_t count = (size_t)hidden->len / sizeof(float) / channels;
    size_t width = count > 0 ? (size_t)means->len / sizeof(float) / count : 0;
    Py_ssize_t spans = PyTuple_Size(begins);
    if ((size_t)hidden->len != count * channels * sizeof(float) || PyTuple_Size(ends) != spans ||
        (size_t)means->len != count * width * sizeof(float) || width / channels < (size_t)spans) {
        PyErr_SetString(PyExc_ValueError, "the arrays have not that length");
        return NULL;
    }
    float *sums = malloc((count + 1) * channels * sizeof(float));
    if (sums == NULL) {
        return PyErr_NoMemory();
    }
    add_up(hidden->buf, count, channels, sums);
    bool is_filled = true;
    for (Py_ssize_t at = 0; is_filled && at < spans; at++) {
        float *first = (float *)means->buf + (size_t)at * channels;
        is_filled = fill_span(PyTuple_GetItem(begins, at), PyTuple_GetItem(ends, at), sums,
                              channels, count, first, width);
    }
    PyObject *found = NULL;
    if (is_filled) {
        const char *last = (const char *)(sums + count * channels);
        found = PyBytes_FromStringAndSize(last, (Py_ssize_t)(channels * sizeof(float)));
    }
    free(sums);
    return found;
}

/* spans(hidden, channels, begins, ends, means): writes the means over each span in its place of
 * every block's row, and returns the sums over the page */
PyObject *spans(PyObject *module, PyObject *arguments)
{
    (void)module;
    Py_buffer hidden, means;
    Py_ssize_t channels;
    PyObject *begins, *ends, *found = NULL;
    if (!PyArg_ParseTuple(arguments, "y*nO!O!w*", &hidden, &channels, &PyTuple_Type, &begins,
                          &PyTuple_Type, &ends, &means)) {
        return NULL;
    }
    if (channels < 1 || channels > MOST_COUNTED) {
        PyErr_SetString(PyExc_ValueError, "the arrays have not that length");
    } else {
        found = fill_spans(&hidden, (size_t)channels, begins, ends, &means);
    }
    PyBuffer_Release(&hidden);
    PyBuffer_Release(&means);
    return found;
}
