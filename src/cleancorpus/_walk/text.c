/* Texts as UTF-8, and their white space as a browser shows it. */

#include <string.h>

#include "page.h"

/* HTML_SPACE collapses in a browser. ODD_SPACE is white space to Python, but neither collapses
   nor is kept apart by HTML; NO_BREAK and WIDE are kept within a line. */
typedef enum { NO_SPACE, HTML_SPACE, ODD_SPACE, NO_BREAK, WIDE } Space;

static Space far_space_at(const unsigned char *at, const unsigned char *end, size_t *length)
{
    *length = 2;
    if (end - at < 2) {
        return NO_SPACE;
    }
    if (at[0] == 0xC2) {
        return at[1] == 0xA0 ? NO_BREAK : at[1] == 0x85 ? ODD_SPACE : NO_SPACE;
    }
    *length = 3;
    if (end - at < 3) {
        return NO_SPACE;
    }
    if (at[0] == 0xE1) {
        return at[1] == 0x9A && at[2] == 0x80 ? WIDE : NO_SPACE;
    }
    if (at[0] == 0xE3) {
        return at[1] == 0x80 && at[2] == 0x80 ? WIDE : NO_SPACE;
    }
    if (at[0] != 0xE2) {
        return NO_SPACE;
    }
    if (at[1] == 0x81) {
        return at[2] == 0x9F ? WIDE : NO_SPACE;
    }
    if (at[1] != 0x80) {
        return NO_SPACE;
    }
    if (at[2] == 0xA8 || at[2] == 0xA9) {
        return ODD_SPACE;
    }
    return at[2] <= 0x8A || at[2] == 0xAF ? WIDE : NO_SPACE;
}

/* The kind of white space that begins here, and its length in bytes. */
static inline Space space_at(const unsigned char *at, const unsigned char *end, size_t *length)
{
    unsigned char byte = *at;
    if (byte > ' ') {
        return byte < 0xC2 || byte > 0xE3 ? NO_SPACE : far_space_at(at, end, length);
    }
    *length = 1;
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r') {
        return HTML_SPACE;
    }
    return byte == '\v' || byte >= 0x1C ? ODD_SPACE : NO_SPACE;
}

static inline bool begins_char(unsigned char byte)
{
    return (byte & 0xC0) != 0x80;
}

bool is_blank(Span text)
{
    const unsigned char *at = text.data, *end = at + text.length;
    size_t length;
    while (at < end) {
        if (space_at(at, end, &length) == NO_SPACE) {
            return false;
        }
        at += length;
    }
    return true;
}

size_t count_chars(Span text)
{
    size_t chars = 0;
    for (size_t at = 0; at < text.length; at++) {
        chars += begins_char(text.data[at]);
    }
    return chars;
}

Span first_chars(Span text, int32_t most)
{
    if (text.length <= (size_t)most) {
        return text;
    }
    size_t at = 0;
    for (int32_t chars = 0; at < text.length; at++) {
        if (begins_char(text.data[at]) && chars++ == most) {
            break;
        }
    }
    text.length = at;
    return text;
}

/* Without the white space around it. */
Span stripped(Span text)
{
    const unsigned char *at = text.data, *end = at + text.length, *last = at;
    size_t length;
    while (at < end && space_at(at, end, &length) != NO_SPACE) {
        at += length;
    }
    text.data = last = at;
    while (at < end) {
        if (space_at(at, end, &length) == NO_SPACE) {
            length = 1;
            last = at + 1;
        }
        at += length;
    }
    text.length = (size_t)(last - text.data);
    return text;
}

/* The characters of a text whose runs of white space are one space each, with none around. */
int32_t squeezed_chars(Span text)
{
    const unsigned char *at = text.data, *end = at + text.length;
    int32_t chars = 0;
    bool is_apart = false;
    size_t length;
    while (at < end) {
        if (space_at(at, end, &length) != NO_SPACE) {
            is_apart = chars > 0;
            at += length;
            continue;
        }
        chars += begins_char(*at) + is_apart;
        is_apart = false;
        at++;
    }
    return chars;
}

static bool has_wide(const unsigned char *at, const unsigned char *end)
{
    size_t length;
    for (; at < end; at++) {
        if (*at >= 0xE1 && *at <= 0xE3 && far_space_at(at, end, &length) == WIDE) {
            return true;
        }
    }
    return false;
}

/* Add a line with its white space as shown. Where wide spaces stand in it, only what HTML calls
   white space collapses; else all does but the no-break space. */
static void add_line(Text *text, const unsigned char *at, const unsigned char *end)
{
    bool only_html = has_wide(at, end), is_apart = false, in_word = false;
    unsigned char *begin = text->at, *last = text->at, *to = text->at;
    int32_t chars = text->chars, last_chars = text->chars;
    size_t length;
    while (at < end) {
        Space space = space_at(at, end, &length);
        if (space == HTML_SPACE || (space == ODD_SPACE && !only_html)) {
            is_apart = to > begin;
            in_word = false;
            at += length;
            continue;
        }
        if (space != NO_SPACE && to == begin) {
            at += length;
            continue;
        }
        if (is_apart) {
            *to++ = ' ';
            chars++;
            is_apart = false;
        }
        if (space != NO_SPACE) {
            memcpy(to, at, length);
            to += length;
            at += length;
            chars++;
            in_word = false;
            continue;
        }
        text->words += !in_word;
        in_word = true;
        chars += begins_char(*at);
        *to++ = *at++;
        last = to;
        last_chars = chars;
    }
    text->at = last;
    text->chars = last_chars;
}

static const unsigned char *find_mark(const unsigned char *at, const unsigned char *end)
{
    const unsigned char *mark = at < end ? memchr(at, 0, (size_t)(end - at)) : NULL;
    return mark != NULL ? mark : end;
}

/* Lines end at U+0000, which stands for a `<br>`; empty ones at either end are left out. */
void add_lines(Text *text, const unsigned char *at, const unsigned char *end)
{
    size_t waiting = 0;
    for (;;) {
        const unsigned char *mark = find_mark(at, end);
        unsigned char *begin = text->at;
        size_t room = begin > text->start ? waiting : 0;
        /* The marks that wait are as many bytes as the line ends that stand for them. */
        text->at += room;
        int32_t chars = text->chars;
        text->chars += (int32_t)room;
        add_line(text, at, mark);
        if (text->at == begin + room) {
            text->at = begin;
            text->chars = chars;
        } else {
            memset(begin, '\n', room);
            waiting = 0;
        }
        if (mark == end) {
            return;
        }
        waiting++;
        at = mark + 1;
    }
}

/* Cells end at two U+0000. */
void add_cells(Text *text, const unsigned char *at, const unsigned char *end)
{
    for (;;) {
        const unsigned char *mark = find_mark(at, end);
        add_line(text, at, mark);
        if (mark == end) {
            return;
        }
        *text->at++ = '\t';
        text->chars++;
        at = mark + 2;
    }
}

/* Where code begins: after the blank lines before it, whose end may be a mark. */
static const unsigned char *skip_blank_lines(const unsigned char *at, const unsigned char *end)
{
    const unsigned char *line = at;
    size_t length;
    while (at < end) {
        if (*at == '\n' || *at == 0) {
            line = ++at;
        } else if (space_at(at, end, &length) != NO_SPACE) {
            at += length;
        } else {
            break;
        }
    }
    return line;
}

/* Code stays as it is, but for blank lines before it and white space after it. */
void add_verbatim(Text *text, const unsigned char *at, const unsigned char *end)
{
    bool in_word = false;
    unsigned char *to = text->at;
    int32_t chars = 0;
    size_t length;
    at = skip_blank_lines(at, end);
    while (at < end) {
        if (*at == 0 || space_at(at, end, &length) != NO_SPACE) {
            length = *at == 0 ? 1 : length;
            memcpy(to, at, length);
            *to = *at == 0 ? '\n' : *to;
            to += length;
            at += length;
            chars++;
            in_word = false;
            continue;
        }
        text->words += !in_word;
        in_word = true;
        chars += begins_char(*at);
        *to++ = *at++;
        text->at = to;
        text->chars = chars;
    }
}
