/* Reads what stands between the signs that part a line, and between words that are glued. */

#include "lines.h"

#define WIDE_BLANK 3

/* Where the blanks end that begin at a byte, and how many there are. */
static size_t after_blanks(const Reader *reader, const Text *text, size_t at, size_t *count)
{
    *count = 0;
    while (at < text->length) {
        Character here = character_at(reader, text, at);
        if (!(here.kind & BLANK)) {
            break;
        }
        at += here.size;
        ++*count;
    }
    return at;
}

static bool is_blank(const Reader *reader, const Text *text, size_t at)
{
    return at < text->length && (character_at(reader, text, at).kind & BLANK);
}

static size_t after_tabs(const Text *text, size_t at)
{
    while (at < text->length && text->bytes[at] == '\t') {
        at++;
    }
    return at;
}

/* Where what parts a line ends, if it begins with this blank; else its own place. */
static size_t after_blank_sign(const Reader *reader, const Text *text, size_t at)
{
    size_t count, stop = after_blanks(reader, text, at, &count), next = stop;
    if (stop < text->length) {
        Character sign = character_at(reader, text, stop);
        next += sign.size;
        if ((sign.kind & SEPARATOR) || sign.code == '>') {
            return after_blanks(reader, text, next, &count);
        }
        if (count == 1 && (sign.kind & DASH) && is_blank(reader, text, next)) {
            return next + character_at(reader, text, next).size;
        }
    }
    if (text->bytes[at] == '\t') {
        return after_tabs(text, at);
    }
    return count >= WIDE_BLANK ? stop : at;
}

/* Where what parts a line ends, if it begins with this character; else its own place. */
static size_t after_sign(const Reader *reader, const Text *text, size_t at, const Character *here,
                         uint16_t before, uint32_t last)
{
    size_t count, next = at + here->size;
    if (here->kind & BLANK) {
        return after_blank_sign(reader, text, at);
    }
    if (here->kind & SEPARATOR) {
        return after_blanks(reader, text, next, &count);
    }
    bool is_after_word = (before & (LETTER | DIGIT)) || last == '_';
    if (here->code == '>' && is_after_word && is_blank(reader, text, next)) {
        return after_blanks(reader, text, next, &count);
    }
    return at;
}

size_t read_parts(const Reader *reader, const Text *text, Key *key,
                  bool (*take)(void *into, const Key *part, bool is_numbered), void *into)
{
    size_t parts = 0, start = 0;
    bool is_numbered = false;
    uint32_t last = 0;
    *key = (Key){key->bytes, 0, 0, 0};
    for (size_t at = 0; at <= text->length;) {
        Character here = {0, 0, 0, 0};
        size_t after = at + 1; /* the end of the text is one of a part */
        if (at < text->length) {
            here = character_at(reader, text, at);
            after = after_sign(reader, text, at, &here, key->before, last);
        }
        if (after == at) {
            add_to_key(key, &here);
            is_numbered |= (here.kind & DIGIT) != 0;
            last = here.code;
            at += here.size;
            continue;
        }
        if (at > start && (parts++, !take(into, key, is_numbered))) {
            break;
        }
        *key = (Key){key->bytes, 0, 0, 0};
        is_numbered = false;
        last = 0;
        start = at = after;
    }
    return parts;
}

void read_glued(const Reader *reader, const Text *text, Key *key)
{
    *key = (Key){key->bytes, 0, 0, 0};
    for (size_t at = 0; at < text->length;) {
        Character here = character_at(reader, text, at);
        if ((here.kind & UPPER) && (key->before & LOWER)) {
            key->before = 0;
        }
        add_to_key(key, &here);
        at += here.size;
    }
}
