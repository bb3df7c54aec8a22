/* Products of the network as Python sees them. */

#include "python.h"

/* The buffers of the signals, as many as were opened: two for each, rows and weights. */
typedef struct {
    Py_buffer views[2 * MOST_SIGNALS];
    int opened;
} Arrays;

static const Py_buffer *open_array(Arrays *arrays, PyObject *array)
{
    Py_buffer *view = &arrays->views[arrays->opened];
    if (array == NULL || PyObject_GetBuffer(array, view, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    arrays->opened++;
    return view;
}

/* Opens one signal, (rows, weights, are the rows turned?); false with an error where it does not
 * fit the product. Rows of bytes are switches. */
static bool open_signal(Arrays *arrays, PyObject *given, const Product *of, Signal *signal)
{
    PyObject *rows_given, *weights_given;
    int is_turned;
    if (!PyArg_ParseTuple(given, "OOp", &rows_given, &weights_given, &is_turned)) {
        return false;
    }
    const Py_buffer *rows = open_array(arrays, rows_given);
    const Py_buffer *weights = rows != NULL ? open_array(arrays, weights_given) : NULL;
    if (weights == NULL) {
        return false;
    }
    size_t each = sizeof(float), many = (size_t)weights->len / each / of->channels;
    bool is_switched = rows->itemsize == 1;
    *signal = (Signal){.rows = is_switched ? NULL : rows->buf,
                       .weights = weights->buf,
                       .switches = is_switched ? rows->buf : NULL,
                       .many = many,
                       .row_step = is_turned ? 1 : many,
                       .value_step = is_turned ? of->count : 1};
    if ((size_t)weights->len != many * of->channels * each ||
        (size_t)rows->len != many * of->count * (is_switched ? 1 : each) ||
        (is_switched && (many > MOST_SWITCHES || is_turned))) {
        PyErr_SetString(PyExc_ValueError, "the arrays have not that length");
        return false;
    }
    return true;
}

static PyObject *take(Product *of, PyObject *signals, int is_wide)
{
    Arrays arrays = {.opened = 0};
    PyObject *found = NULL;
    while (of->signals < MOST_SIGNALS && (Py_ssize_t)of->signals < PyTuple_Size(signals) &&
           open_signal(&arrays, PyTuple_GetItem(signals, (Py_ssize_t)of->signals), of,
                       &of->signal[of->signals])) {
        of->signals++;
    }
    if ((Py_ssize_t)of->signals == PyTuple_Size(signals)) {
        bool is_taken;
        Py_BEGIN_ALLOW_THREADS
        is_taken = take_product(of, is_wide != 0);
        Py_END_ALLOW_THREADS
        found = PyBool_FromLong(is_taken);
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "more signals than there is a length for");
    }
    while (arrays.opened > 0) {
        PyBuffer_Release(&arrays.views[--arrays.opened]);
    }
    return found;
}

/* weigh(((rows, weights, is_turned), ...), start, hidden or None, out, is_wide): writes what is over
 * zero of the start and all products to `out`, and what is hidden added. Turned rows are columns.
 * Says whether this processor can. */
PyObject *weigh(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *signals, *hidden, *found = NULL;
    Py_buffer start, out, before = {0};
    int is_wide;
    if (!PyArg_ParseTuple(arguments, "O!y*Ow*p", &PyTuple_Type, &signals, &start, &hidden, &out,
                          &is_wide)) {
        return NULL;
    }
    Py_ssize_t each = (Py_ssize_t)sizeof(float), channels = start.len / each;
    bool has_hidden = hidden != Py_None && PyObject_GetBuffer(hidden, &before, PyBUF_SIMPLE) == 0;
    if (channels == 0 || out.len % (channels * each) != 0 || start.len % each != 0 ||
        (has_hidden && before.len != out.len)) {
        PyErr_SetString(PyExc_ValueError, "the arrays have not that length");
    }
    if (!PyErr_Occurred()) {
        Product product = {.count = (size_t)(out.len / each / channels),
                           .channels = (size_t)channels,
                           .start = start.buf,
                           .hidden = has_hidden ? before.buf : NULL,
                           .out = out.buf};
        found = take(&product, signals, is_wide);
    }
    if (has_hidden) {
        PyBuffer_Release(&before);
    }
    PyBuffer_Release(&start);
    PyBuffer_Release(&out);
    return found;
}
