/* Whether control characters stand in a text: its twin is `controls_in_arrays` in decode.py. */

#include "walk.h"

enum { STRETCH = 4096 }; /* bytes that are looked at without a branch, so that vectors serve */

bool has_controls(Span text)
{
    for (size_t at = 0; at < text.length; at += STRETCH) {
        size_t many = text.length - at < STRETCH ? text.length - at : STRETCH;
        unsigned char found = 0;
        for (size_t i = 0; i < many; i++) {
            unsigned char byte = text.data[at + i];
            /* All before the tab, those between return and the separators, and delete. */
            found |= (unsigned char)((byte < 0x09) | ((unsigned char)(byte - 0x0e) < 0x0e) |
                                     (byte == 0x7f));
        }
        if (found) {
            return true;
        }
    }
    return false;
}
