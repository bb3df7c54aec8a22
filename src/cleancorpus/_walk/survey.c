/* What is asked of every page before parsing. survey.py has the same in Python, as patterns. */

#include <string.h>

#include "walk.h"

enum { MOST_REST = 60, FORMAT_SLOTS = 2 * MOST_FORMATS };

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

static bool is_letter(unsigned char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
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
    while (at < end && at - start <= LONGEST && is_letter(*at)) {
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

/* Formatting tags met so far, each once, in a table that is never more than half full. */
typedef struct {
    Span slots[FORMAT_SLOTS];
    size_t count;
} Formats;

static void note_format(Formats *known, Span tag)
{
    size_t slot = tag.length;
    for (size_t at = 0; at < tag.length; at++) {
        slot = slot * 31 + tag.data[at];
    }
    for (slot %= FORMAT_SLOTS; known->slots[slot].length > 0; slot = (slot + 1) % FORMAT_SLOTS) {
        Span one = known->slots[slot];
        if (one.length == tag.length && memcmp(one.data, tag.data, tag.length) == 0) {
            return;
        }
    }
    known->slots[slot] = tag;
    known->count++;
}

/* Whether this is a script's tag that names linked data in its first bytes. */
static bool is_linked(const unsigned char *start, const unsigned char *end)
{
    static const char script[] = "<script", wanted[] = "application/ld+json";
    enum { SCRIPT = sizeof script - 1, WANTED = sizeof wanted - 1, LONGEST = 512 };
    const unsigned char *at = start + 1;
    for (size_t i = 1; i < SCRIPT; i++, at++) {
        if (at == end || (*at | 0x20) != (unsigned char)script[i]) {
            return false;
        }
    }
    for (; end - at >= WANTED && at - start <= LONGEST && *at != '<' && *at != '>'; at++) {
        if (*at == 'a' && memcmp(at, wanted, WANTED) == 0) {
            return true;
        }
    }
    return false;
}

static void survey_tags(Span html, SurveyLimits limits, Survey *found)
{
    const unsigned char *at = html.data, *end = at + html.length, *passed = at;
    Formats known = {.count = 0};
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        found->tags++;
        if (found->linked_count < limits.linked && is_linked(at, end)) {
            found->linked[found->linked_count++] = (size_t)(at - html.data);
        }
        /* What stands in a formatting tag is counted, but begins no other. */
        if (at >= passed && known.count < limits.formats) {
            Span tag = format_at(at, end);
            if (tag.length > 0) {
                note_format(&known, tag);
                passed = at + tag.length;
            }
        }
        at++;
    }
    found->formats = known.count;
}

static bool separates(unsigned char byte)
{
    return is_space(byte) || byte == '/' || byte == '"' || byte == '\'';
}

static const unsigned char *skip_spaces(const unsigned char *at, const unsigned char *end)
{
    while (at < end && is_space(*at)) {
        at++;
    }
    return at;
}

/* The end of a value that begins here, or NULL where none does. */
static const unsigned char *skip_value(const unsigned char *at, const unsigned char *end)
{
    if (at < end && (*at == '"' || *at == '\'')) {
        const unsigned char *quote = memchr(at + 1, *at, (size_t)(end - at - 1));
        return quote != NULL ? quote + 1 : end;
    }
    const unsigned char *start = at;
    while (at < end && !is_space(*at) && *at != '"' && *at != '\'') {
        at++;
    }
    return at > start ? at : NULL;
}

/* The attributes of a stretch without a `>`, if it were a tag. */
static size_t count_attributes(const unsigned char *at, const unsigned char *end)
{
    size_t count = 0;
    while (at < end) {
        if (!separates(*at)) {
            at++;
            continue;
        }
        while (at < end && separates(*at)) {
            at++;
        }
        const unsigned char *name = at;
        while (at < end && !is_space(*at) && *at != '/' && *at != '=') {
            at++;
        }
        if (at == name) {
            continue;
        }
        count++;
        const unsigned char *equals = skip_spaces(at, end);
        if (equals < end && *equals == '=') {
            const unsigned char *after = skip_value(skip_spaces(equals + 1, end), end);
            at = after != NULL ? after : at;
        }
    }
    return count;
}

static const unsigned char *find_tag(const unsigned char *at, const unsigned char *end)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (at + 1 < end && is_letter(at[1])) {
            return at;
        }
        at++;
    }
    return NULL;
}

static const unsigned char *stretch_begin(const unsigned char *start, const unsigned char *at)
{
    while (at > start && at[-1] != '>') {
        at--;
    }
    return at;
}

/* So long a stretch has no `>` in one of the strides that it reaches into: most of the page need
   not be looked at. */
static void survey_stretches(Span html, size_t least_length, Survey *found)
{
    const unsigned char *at = html.data, *end = at + html.length;
    size_t stride = least_length > 1 ? least_length / 2 : 1;
    while (at < end) {
        size_t left = (size_t)(end - at);
        if (memchr(at, '>', left < stride ? left : stride) != NULL) {
            at += left < stride ? left : stride;
            continue;
        }
        const unsigned char *begin = stretch_begin(html.data, at), *tag = NULL;
        const unsigned char *stop = memchr(at, '>', left);
        stop = stop != NULL ? stop : end;
        if ((size_t)(stop - begin) >= least_length) {
            tag = find_tag(begin, stop);
        }
        if (tag != NULL && (size_t)(stop - tag) >= least_length) {
            size_t count = count_attributes(tag, stop);
            found->attributes = count > found->attributes ? count : found->attributes;
        }
        at = stop + (stop < end);
    }
}

Survey survey_page(Span html, SurveyLimits limits)
{
    Survey found = {.tags = 0};
    survey_tags(html, limits, &found);
    if (found.tags <= limits.few_tags) {
        found.formats = 0;
    }
    survey_stretches(html, limits.stretch, &found);
    return found;
}
