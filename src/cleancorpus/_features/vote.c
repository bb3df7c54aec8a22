/* A forest and features, as Python has them, to what it says. */

#include "forest.h"
#include "python.h"

/* Points a forest at the columns of its nodes, feature, turn and gone, and at those of its trees. */
static bool take_forest(const Columns *nodes, const Py_buffer *starts, const Py_buffer *says,
                        Forest *forest)
{
    size_t trees = (size_t)says->len / (LEAVES * sizeof(float));
    if ((size_t)says->len != trees * LEAVES * sizeof(float) ||
        (size_t)starts->len != (trees + 1) * sizeof(int32_t)) {
        PyErr_SetString(PyExc_ValueError, "the trees do not begin and end");
        return false;
    }
    *forest = (Forest){.feature = nodes->views[0].buf,
                       .turn = nodes->views[1].buf,
                       .gone = nodes->views[2].buf,
                       .starts = starts->buf,
                       .says = says->buf,
                       .nodes = (size_t)nodes->length,
                       .trees = trees};
    return true;
}

static PyObject *votes_of(const Forest *forest, const Inputs *inputs, bool is_wide)
{
    const char *wrong = check_forest(forest, inputs->rows + inputs->switches);
    if (wrong != NULL) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return NULL;
    }
    char *data = NULL;
    PyObject *found = room((Py_ssize_t)inputs->count, sizeof(float), &data);
    bool is_asked = found != NULL;
    if (found != NULL) {
        Py_BEGIN_ALLOW_THREADS
        is_asked = ask_forest(forest, inputs, is_wide, (float *)(void *)data);
        Py_END_ALLOW_THREADS
    }
    if (found != NULL && !is_asked) {
        Py_CLEAR(found);
        PyErr_NoMemory();
    }
    return found;
}

/* vote(numbers, rows, switches, (feature, turn, gone), starts, says, is_wide): a logit for each
 * block, whatever the vectors are */
PyObject *vote(PyObject *module, PyObject *arguments)
{
    (void)module;
    Py_buffer numbers, switches, starts, says;
    Py_ssize_t rows;
    int is_wide;
    PyObject *node_columns, *found = NULL;
    Columns nodes = {0};
    if (!PyArg_ParseTuple(arguments, "y*ny*Oy*y*p", &numbers, &rows, &switches, &node_columns,
                          &starts, &says, &is_wide)) {
        return NULL;
    }
    Forest forest;
    Inputs inputs;
    if (open_columns(node_columns, 3, &nodes) && take_forest(&nodes, &starts, &says, &forest) &&
        take_inputs(&numbers, rows, &switches, &inputs)) {
        found = votes_of(&forest, &inputs, is_wide != 0);
    }
    close_columns(&nodes);
    PyBuffer_Release(&numbers);
    PyBuffer_Release(&switches);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&says);
    return found;
}
