/* A text's numbers, and what else the judge reads of it, for Python. */

#include "python.h"

static bool add_lines(const Text *text, PyObject *found)
{
    char *switches = NULL, *words = NULL, *titles = NULL;
    Py_ssize_t count = (Py_ssize_t)text->count;
    PyObject *made[] = {room(count, SWITCHES, &switches), room(count, sizeof(float), &words),
                        room(count, sizeof(float), &titles)};
    if (made[0] != NULL && made[1] != NULL && made[2] != NULL) {
        fill_switches(text, (uint8_t *)switches);
        fill_titles(text, (float *)(void *)titles);
        for (size_t i = 0; i < text->count; i++) {
            ((float *)(void *)words)[i] = text->lines[i].words;
        }
    }
    bool is_added = true;
    for (int i = 0; i < 3; i++) {
        is_added = add_made(found, made[i]) && is_added;
    }
    return is_added;
}

PyObject *text_result(Text *text)
{
    size_t spans = SPANS * text->count * sizeof(int64_t);
    PyObject *found = PyList_New(0);
    /* An array of bytes, which may be written to: Python takes the logarithms. */
    PyObject *numbers = found == NULL ? NULL
                                      : PyByteArray_FromStringAndSize(
                                            NULL, (Py_ssize_t)(TEXT_ROWS * text->count * 4));
    if (numbers != NULL) {
        fill_text(text, (float *)(void *)PyByteArray_AsString(numbers));
    }
    if (!add_made(found, numbers) || !add_lines(text, found) ||
        !add_made(found, copy(text->begin, spans)) || !add_made(found, copy(text->end, spans)) ||
        !add_groups(&text->groups, text->count, found)) {
        Py_CLEAR(found);
    }
    return found;
}
