/* A network and features, as Python has them, to its logits. */

#include "network.h"
#include "python.h"

#define MOST_VIEWS (16 + 4 * MOST_LAYERS + 4)

/* The buffers of all arrays, as many as were opened. */
typedef struct {
    Py_buffer views[MOST_VIEWS];
    int opened;
} Arrays;

/* Opens an array; NULL with an error where it has not that many values of that size. */
static const void *open_array(Arrays *arrays, PyObject *array, size_t many, size_t each)
{
    Py_buffer *view = &arrays->views[arrays->opened];
    if (array == NULL || arrays->opened == MOST_VIEWS ||
        PyObject_GetBuffer(array, view, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    arrays->opened++;
    if ((size_t)view->len != many * each) {
        PyErr_SetString(PyExc_ValueError, "the arrays have not that length");
        return NULL;
    }
    return view->buf;
}

static bool open_floats(Arrays *arrays, PyObject *array, size_t many, const float **opened)
{
    *opened = open_array(arrays, array, many, sizeof(float));
    return *opened != NULL;
}

/* Opens (before, here, after, bias). */
static bool open_layer(Arrays *arrays, PyObject *given, size_t channels, Layer *layer)
{
    PyObject *before, *here, *after, *bias;
    size_t kernel = channels * channels;
    return given != NULL && PyArg_ParseTuple(given, "OOOO", &before, &here, &after, &bias) &&
           open_floats(arrays, before, kernel, &layer->before) &&
           open_floats(arrays, here, kernel, &layer->here) &&
           open_floats(arrays, after, kernel, &layer->after) &&
           open_floats(arrays, bias, channels, &layer->bias);
}

/* Opens the layers, and how far each of them reaches. */
static bool open_layers(Arrays *arrays, PyObject *layers, PyObject *steps, Network *network)
{
    Py_ssize_t many = PyTuple_Size(layers);
    if (many > MOST_LAYERS || PyTuple_Size(steps) != many) {
        PyErr_SetString(PyExc_ValueError, "more layers than there is a length for");
        return false;
    }
    network->layers = (size_t)many;
    for (Py_ssize_t at = 0; at < many; at++) {
        Layer *layer = &network->layer[at];
        layer->step = PyLong_AsSize_t(PyTuple_GetItem(steps, at));
        if (PyErr_Occurred() ||
            !open_layer(arrays, PyTuple_GetItem(layers, at), network->channels, layer)) {
            return false;
        }
        if (layer->step > MOST_ROWS) {
            PyErr_SetString(PyExc_ValueError, "a layer reaches too far");
            return false;
        }
    }
    return true;
}

/* Opens (low, high, numbers, switches, bias, layers, pool, pool_bias, out, out_bias). */
static bool open_network(Arrays *arrays, PyObject *given, PyObject *steps, const Inputs *inputs,
                         size_t spans, Network *network)
{
    PyObject *low, *high, *numbers, *switches, *bias, *layers, *pool, *pool_bias, *out, *out_bias;
    if (!PyArg_ParseTuple(given, "OOOOOO!OOOO", &low, &high, &numbers, &switches, &bias,
                          &PyTuple_Type, &layers, &pool, &pool_bias, &out, &out_bias)) {
        return false;
    }
    Py_ssize_t channels = PyObject_Size(out);
    if (channels < 1 || channels > MOST_CHANNELS || inputs->switches > MOST_SWITCHES) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "the arrays have not that length");
        }
        return false;
    }
    size_t each = network->channels = (size_t)channels, width = (spans + 3) * each;
    return open_floats(arrays, low, inputs->rows, &network->low) &&
           open_floats(arrays, high, inputs->rows, &network->high) &&
           open_floats(arrays, numbers, inputs->rows * each, &network->numbers) &&
           open_floats(arrays, switches, inputs->switches * each, &network->switches) &&
           open_floats(arrays, bias, each, &network->bias) &&
           open_floats(arrays, pool, width * each, &network->pool) &&
           open_floats(arrays, pool_bias, each, &network->pool_bias) &&
           open_floats(arrays, out, each, &network->out) &&
           open_floats(arrays, out_bias, 1, &network->out_bias) &&
           open_layers(arrays, layers, steps, network);
}

/* Opens the rows of begins and ends that are `pooled`, of as many as there are. */
static bool open_spans(Arrays *arrays, PyObject *begins, PyObject *ends, PyObject *pooled,
                       size_t count, Around *around)
{
    Py_ssize_t rows = PyObject_Size(begins), many = PyTuple_Size(pooled);
    if (rows < 0 || many > MOST_SPANS) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "more spans than there is a length for");
        }
        return false;
    }
    const int64_t *begin = open_array(arrays, begins, (size_t)rows * count, sizeof(int64_t));
    const int64_t *end = begin == NULL
                             ? NULL
                             : open_array(arrays, ends, (size_t)rows * count, sizeof(int64_t));
    for (Py_ssize_t at = 0; end != NULL && at < many; at++) {
        size_t row = PyLong_AsSize_t(PyTuple_GetItem(pooled, at));
        if (PyErr_Occurred() || row >= (size_t)rows) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "the spans are not one for each block");
            }
            return false;
        }
        around->begin[at] = begin + row * count;
        around->end[at] = end + row * count;
    }
    around->spans = (size_t)many;
    return end != NULL;
}

/* Opens the groups (order, starts, of), and the words of each block. */
static bool open_groups(Arrays *arrays, PyObject *groups, PyObject *words, size_t count,
                        Around *around)
{
    PyObject *order, *starts, *of;
    if (!PyArg_ParseTuple(groups, "OOO", &order, &starts, &of)) {
        return false;
    }
    Py_ssize_t many = PyObject_Size(starts);
    if (many < 0) {
        return false;
    }
    around->groups = (size_t)many;
    around->order = open_array(arrays, order, count, sizeof(int64_t));
    around->starts = around->order == NULL
                         ? NULL
                         : open_array(arrays, starts, around->groups, sizeof(int64_t));
    around->of = around->starts == NULL ? NULL
                                        : open_array(arrays, of, count, sizeof(int64_t));
    return around->of != NULL && open_floats(arrays, words, count, &around->words);
}

static PyObject *run(const Network *network, const Inputs *inputs, const Around *around,
                     bool is_wide)
{
    const char *wrong = check_around(around, inputs->count);
    if (wrong != NULL) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return NULL;
    }
    char *data = NULL;
    PyObject *found = room((Py_ssize_t)inputs->count, sizeof(float), &data);
    if (found == NULL) {
        return NULL;
    }
    Outcome outcome;
    Py_BEGIN_ALLOW_THREADS
    outcome = run_network(network, inputs, around, is_wide, (float *)(void *)data);
    Py_END_ALLOW_THREADS
    if (outcome == RAN) {
        return found;
    }
    Py_DECREF(found);
    if (outcome == NO_MEMORY) {
        return PyErr_NoMemory();
    }
    Py_RETURN_NONE;
}

/* logits(numbers, rows, switches, words, (begins, ends, pooled), (order, starts, of), network,
 * (steps, pool_after), is_wide): a logit for each block, the same on all processors, or None where
 * this one has not the vectors or the channels fill none */
PyObject *logits(PyObject *module, PyObject *arguments)
{
    (void)module;
    Py_buffer numbers, switches;
    Py_ssize_t rows, pool_after;
    PyObject *words, *begins, *ends, *pooled, *groups, *weights, *steps, *found = NULL;
    int is_wide;
    if (!PyArg_ParseTuple(arguments, "y*ny*O(OOO!)OO(O!n)p", &numbers, &rows, &switches, &words,
                          &begins, &ends, &PyTuple_Type, &pooled, &groups, &weights,
                          &PyTuple_Type, &steps, &pool_after, &is_wide)) {
        return NULL;
    }
    Arrays arrays = {.opened = 0};
    Network network = {.pool_after = (size_t)pool_after};
    Inputs inputs;
    Around around = {.spans = 0};
    if (take_inputs(&numbers, rows, &switches, &inputs) &&
        open_spans(&arrays, begins, ends, pooled, inputs.count, &around) &&
        open_groups(&arrays, groups, words, inputs.count, &around) &&
        open_network(&arrays, weights, steps, &inputs, around.spans, &network)) {
        found = run(&network, &inputs, &around, is_wide != 0);
    }
    while (arrays.opened > 0) {
        PyBuffer_Release(&arrays.views[--arrays.opened]);
    }
    PyBuffer_Release(&numbers);
    PyBuffer_Release(&switches);
    return found;
}
