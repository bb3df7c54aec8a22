/* What is asked of every page before parsing. survey.py has the same in Python, as patterns. */

#include <string.h>

#include "walk.h"

enum { FORMAT_SLOTS = 2 * MOST_FORMATS };

static const char *const FORMATTING[] = {"b",     "big",    "code", "em", "font", "i", "nobr", "s",
                                         "small", "strike", "strong", "tt", "u",    NULL};
static const char *const RAW[] = {"iframe", "noembed",  "noframes", "script",
                                  "style",  "textarea", "title",    "xmp", NULL};

/* A start tag: all of it up to its `>`, its name, and how many attributes it has. */
typedef struct {
    Span all, name;
    size_t attributes;
} Tag;

typedef const unsigned char *Place; /* in a page */

static bool is_letter(unsigned char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Letters, which most bytes are, fail the first comparison of these two. */
static bool is_space(unsigned char byte)
{
    return byte <= ' ' &&
           (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f');
}

static bool ends_name(unsigned char byte)
{
    return byte <= '>' && (byte == '>' || byte == '/' || is_space(byte));
}

/* Whether these bytes are the name, in whatever case; names have only letters. */
static bool is_name(Place at, size_t length, const char *name)
{
    for (size_t i = 0; i < length; i++) {
        if ((at[i] | 0x20) != (unsigned char)name[i]) {
            return false; /* here too where the name is shorter */
        }
    }
    return name[length] == 0;
}

static const char *name_among(Span name, const char *const *names)
{
    while (*names != NULL && !is_name(name.data, name.length, *names)) {
        names++;
    }
    return *names;
}

static Place skip_spaces(Place at, Place end)
{
    while (at < end && is_space(*at)) {
        at++;
    }
    return at;
}

static Place skip_past(Place at, Place end, unsigned char wanted)
{
    Place found = at < end ? memchr(at, wanted, (size_t)(end - at)) : NULL;
    return found != NULL ? found + 1 : end;
}

static Place skip_value(Place at, Place end)
{
    if (at < end && (*at == '"' || *at == '\'')) {
        return skip_past(at + 1, end, *at);
    }
    while (at < end && *at != '>' && !is_space(*at)) {
        at++;
    }
    return at;
}

/* Where a tag ends, its `>` or the end of the page, from its name on; counts `attributes`. */
static Place skip_tag(Place at, Place end, size_t *attributes)
{
    for (;;) {
        while (at < end && (is_space(*at) || *at == '/')) {
            at++;
        }
        if (at == end || *at == '>') {
            return at;
        }
        ++*attributes;
        at++; /* a name may begin with a `=` */
        while (at < end && *at != '=' && !ends_name(*at)) {
            at++;
        }
        Place equals = skip_spaces(at, end);
        if (equals < end && *equals == '=') {
            at = skip_value(skip_spaces(equals + 1, end), end);
        }
    }
}

static bool starts(Place at, Place end, const char *sign)
{
    size_t length = strlen(sign);
    return (size_t)(end - at) >= length && memcmp(at, sign, length) == 0;
}

/* The place after a comment, from its `<!--` on. */
static Place skip_comment(Place at, Place end)
{
    Place first = at + 4;
    for (at = first; at < end;) {
        at = skip_past(at, end, '>');
        size_t length = (size_t)(at - 1 - first);
        if (length == 0 || (length == 1 && *first == '-') ||
            (length >= 2 && memcmp(at - 3, "--", 2) == 0) ||
            (length >= 3 && memcmp(at - 4, "--!", 3) == 0)) {
            return at;
        }
    }
    return end;
}

/* The place after a `<` that begins no tag, with what the tokenizer takes for a comment. */
static Place skip_other(Place at, Place end)
{
    if (starts(at, end, "<!--")) {
        return skip_comment(at, end);
    }
    bool is_comment = at[1] == '!' || at[1] == '?' || at[1] == '/';
    return is_comment ? skip_past(at + 2, end, '>') : at + 1;
}

/* Whether a name stands here, whole. */
static bool starts_name(Place at, Place end, const char *name)
{
    size_t length = strlen(name);
    return (size_t)(end - at) > length && ends_name(at[length]) && is_name(at, length, name);
}

/* The end tag of an element whose content is text and nothing else, from within it. */
static Place find_end_tag(Place at, Place end, const char *name)
{
    for (; at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
        if (starts(at, end, "</") && starts_name(at + 2, end, name)) {
            return at;
        }
    }
    return end;
}

/* The end tag of a script. In a comment a script within the script has an end tag of its own. */
static Place find_script_end(Place at, Place end)
{
    enum { PLAIN, COMMENT, WITHIN } state = PLAIN;
    for (; at < end; at++) {
        if (state == PLAIN && (at = memchr(at, '<', (size_t)(end - at))) == NULL) {
            break;
        }
        if (*at == '-' && starts(at, end, "-->")) {
            state = PLAIN;
        } else if (*at == '<' && starts(at, end, "</") && starts_name(at + 2, end, "script")) {
            if (state != WITHIN) {
                return at;
            }
            state = COMMENT;
        } else if (*at == '<' && state == COMMENT && starts_name(at + 1, end, "script")) {
            state = WITHIN;
        } else if (state == PLAIN && starts(at, end, "<!--")) {
            state = COMMENT; /* its own dashes may be those that end it */
        }
    }
    return end;
}

typedef enum { NO_TAG, START_TAG, END_TAG } Kind;

/* Go on past the next markup; a start tag is told of. */
static Kind next_markup(Place *from, Place end, Tag *tag)
{
    Place at = memchr(*from, '<', (size_t)(end - *from));
    if (at == NULL || end - at < 2) {
        *from = end;
        return NO_TAG;
    }
    bool is_end = at[1] == '/';
    Place name = at + 1 + is_end, stop = name;
    if (name == end || !is_letter(*name)) {
        *from = skip_other(at, end);
        return NO_TAG;
    }
    while (stop < end && !ends_name(*stop)) {
        stop++;
    }
    tag->attributes = 0;
    Place last = skip_tag(stop, end, &tag->attributes);
    *from = last + (last < end);
    if (is_end) {
        return END_TAG;
    }
    tag->all = (Span){at, (size_t)(last - at)};
    tag->name = (Span){name, (size_t)(stop - name)};
    const char *raw = name_among(tag->name, RAW);
    if (raw != NULL) {
        bool is_script = is_name(tag->name.data, tag->name.length, "script");
        *from = is_script ? find_script_end(*from, end) : find_end_tag(*from, end, raw);
    }
    return START_TAG;
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

/* Whether a script's tag names linked data in its first bytes. */
static bool is_linked(const Tag *tag)
{
    static const char wanted[] = "application/ld+json";
    enum { WANTED = sizeof wanted - 1, FURTHEST = 512 };
    if (!is_name(tag->name.data, tag->name.length, "script")) {
        return false;
    }
    for (size_t at = 0; at + WANTED <= tag->all.length && at <= FURTHEST; at++) {
        if (memcmp(tag->all.data + at, wanted, WANTED) == 0) {
            return true;
        }
    }
    return false;
}

Survey survey_page(Span html, SurveyLimits limits)
{
    Survey found = {.tags = 0};
    Formats known = {.count = 0};
    size_t is_open = 0;
    Tag tag;
    for (Place at = html.data, end = at + html.length; at < end;) {
        Kind kind = next_markup(&at, end, &tag);
        found.tags += kind != NO_TAG;
        if (kind == END_TAG && is_open > 0) {
            is_open--;
        }
        if (kind != START_TAG) {
            continue;
        }
        found.open = ++is_open > found.open ? is_open : found.open;
        if (tag.attributes == 0) {
            continue;
        }
        if (tag.all.length >= limits.tag && tag.attributes > found.attributes) {
            found.attributes = tag.attributes;
        }
        if (found.linked_count < limits.linked && is_linked(&tag)) {
            found.linked[found.linked_count++] = (size_t)(tag.all.data - html.data);
        }
        if (known.count < limits.formats && name_among(tag.name, FORMATTING) != NULL) {
            note_format(&known, tag.all);
        }
    }
    found.formats = found.tags > limits.few_tags ? known.count : 0;
    return found;
}
