/* Cues and features, as Python has them, to the strongest cues. */

#include "python.h"

/* Points cues at two tuples of columns: starts, leading, usual, turns; and members, weights. */
static bool take_cues(Columns *by_cue, Columns *by_member, Py_buffer *starts, Cues *cues)
{
    cues->count = (size_t)by_cue->length;
    cues->members = (size_t)by_member->length;
    cues->starts = starts->buf;
    cues->leading = by_cue->views[0].buf;
    cues->usual = by_cue->views[1].buf;
    cues->turns = by_cue->views[2].buf;
    cues->member = by_member->views[0].buf;
    cues->weight = by_member->views[1].buf;
    if (starts->len != (by_cue->length + 1) * (Py_ssize_t)sizeof(int32_t)) {
        PyErr_SetString(PyExc_ValueError, "the cues do not begin and end");
        return false;
    }
    return true;
}

bool take_inputs(const Py_buffer *numbers, Py_ssize_t rows, const Py_buffer *switches,
                 Inputs *inputs)
{
    Py_ssize_t row = numbers->len / (Py_ssize_t)sizeof(float);
    Py_ssize_t count = rows > 0 ? row / rows : 0;
    if (count == 0 || numbers->len != rows * count * (Py_ssize_t)sizeof(float) ||
        switches->len % count != 0) {
        PyErr_SetString(PyExc_ValueError, "the features have not that length");
        return false;
    }
    *inputs = (Inputs){.numbers = numbers->buf,
                       .switch_of = switches->buf,
                       .rows = (size_t)rows,
                       .count = (size_t)count,
                       .switches = (size_t)(switches->len / count)};
    return true;
}

static PyObject *strongest(const Cues *cues, const Inputs *inputs)
{
    const char *wrong = check_cues(cues, inputs);
    if (wrong != NULL) {
        PyErr_SetString(PyExc_ValueError, wrong);
        return NULL;
    }
    char *data = NULL;
    Memory memory = {.count = 0};
    float *floats = own(&memory, inputs->asked * (1 + STRONGEST), sizeof(float));
    PyObject *found = room((Py_ssize_t)inputs->asked * STRONGEST, sizeof(int64_t), &data);
    if (floats == NULL) {
        Py_CLEAR(found);
        PyErr_NoMemory();
    } else if (found != NULL) {
        find_strongest(cues, inputs, floats, (int64_t *)(void *)data);
    }
    free_all(&memory);
    return found;
}

/* against(numbers, rows, switches, at, (starts, (leading, usual, turns), (members, weights))):
 * three codes of 64 bits for each block in `at`, see find_strongest */
PyObject *against(PyObject *module, PyObject *arguments)
{
    (void)module;
    Py_buffer given[3], starts;
    Py_ssize_t rows;
    PyObject *cue_columns, *member_columns, *found = NULL;
    Columns by_cue = {0}, by_member = {0};
    if (!PyArg_ParseTuple(arguments, "y*ny*y*(y*OO)", &given[0], &rows, &given[1], &given[2],
                          &starts, &cue_columns, &member_columns)) {
        return NULL;
    }
    Cues cues;
    Inputs inputs;
    if (given[2].len % (Py_ssize_t)sizeof(int64_t) != 0) {
        PyErr_SetString(PyExc_ValueError, "the features have not that length");
    } else if (open_columns(cue_columns, 3, &by_cue) &&
               open_columns(member_columns, 2, &by_member) &&
               take_cues(&by_cue, &by_member, &starts, &cues) &&
               take_inputs(&given[0], rows, &given[1], &inputs)) {
        inputs.at = given[2].buf;
        inputs.asked = (size_t)given[2].len / sizeof(int64_t);
        found = strongest(&cues, &inputs);
    }
    close_columns(&by_cue);
    close_columns(&by_member);
    for (int i = 0; i < 3; i++) {
        PyBuffer_Release(&given[i]);
    }
    PyBuffer_Release(&starts);
    return found;
}
