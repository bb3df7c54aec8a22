/* For the guard before parsing: how many different formatting tags with attributes a page has.
   The same as the pattern in guard.py finds, which takes ten times as long. */

#include <stdlib.h>
#include <string.h>

#include "walk.h"

enum { MOST_REST = 60 };

static const char *const NAMES[] = {"b",    "big",   "code",   "em",     "font", "i", "nobr", "s",
                                    "small", "strike", "strong", "tt",     "u"};

static bool is_formatting(Span name)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        size_t at = 0;
        while (at < name.length && (name.data[at] | 0x20) == (unsigned char)NAMES[i][at]) {
            at++;
        }
        if (at == name.length && NAMES[i][at] == 0) {
            return true;
        }
    }
    return false;
}

static bool is_space(unsigned char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The tag that begins at a `<`, up to a number of bytes, or nothing where it is no formatting tag
   with something after its name. */
static Span format_at(const unsigned char *start, const unsigned char *end)
{
    enum { LONGEST = 6 };
    const unsigned char *at = start + 1;
    while (at < end && at - start <= LONGEST && ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z')) {
        at++;
    }
    Span name = {start + 1, (size_t)(at - start - 1)}, tag = {start, 0};
    if (at == end || !is_space(*at) || name.length == 0 || !is_formatting(name)) {
        return tag;
    }
    const unsigned char *stop = end - at - 1 > MOST_REST ? at + 1 + MOST_REST : end;
    for (at++; at < stop && *at != '>'; at++) {
    }
    tag.length = (size_t)(at - start);
    return tag;
}

static bool is_known(const Span *known, size_t count, Span tag)
{
    for (size_t i = 0; i < count; i++) {
        if (known[i].length == tag.length && memcmp(known[i].data, tag.data, tag.length) == 0) {
            return true;
        }
    }
    return false;
}

/* Counting stops at `most`, which the caller keeps to a hundred or so: each tag is compared with
   all that are known. */
size_t count_formats(Span html, size_t most, bool *failed)
{
    const unsigned char *at = html.data, *end = at + html.length;
    size_t count = 0;
    Span *known = malloc((most + 1) * sizeof *known);
    *failed = known == NULL;
    while (!*failed && count < most && at < end) {
        at = memchr(at, '<', (size_t)(end - at));
        if (at == NULL) {
            break;
        }
        Span tag = format_at(at, end);
        if (tag.length > 0 && !is_known(known, count, tag)) {
            known[count++] = tag;
        }
        at += tag.length > 0 ? tag.length : 1;
    }
    free(known);
    return count;
}
