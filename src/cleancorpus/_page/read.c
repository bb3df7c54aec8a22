/* Reads a text once: its words, and whether anything in it asks for a closer look. */

#include "lines.h"

#define LABEL_CHARS 40 /* the most before a colon */
#define LEAST_LABEL 2
#define WIDE_BLANK 3
#define TAIL_WORDS 8 /* the most of a last sentence that may name a source */

/* The character at the start of a text, and its bytes; one of four bytes is never known. */
static uint32_t code_at(const uint8_t *text, size_t left, size_t *size)
{
    if (text[0] < 0x80) {
        *size = 1;
        return text[0];
    }
    if (text[0] < 0xe0 && left >= 2) {
        *size = 2;
        return (uint32_t)(text[0] & 0x1f) << 6 | (text[1] & 0x3f);
    }
    if (text[0] < 0xf0 && left >= 3) {
        *size = 3;
        return (uint32_t)(text[0] & 0x0f) << 12 | (uint32_t)(text[1] & 0x3f) << 6 |
               (text[2] & 0x3f);
    }
    *size = left;
    return UINT32_MAX;
}

/* A word or number begins at a character of one kind after one of another. */
static bool begins(uint8_t kind, uint8_t before)
{
    return kind & DIGIT ? !(before & DIGIT) : !(before & (LOWER | UPPER));
}

/* Where the last sentence of a line may begin, and how many words stand after it. */
typedef struct {
    bool has_stop; /* a full stop with a blank after it */
    size_t words;
} Sentence;

static void read_sentence(Sentence *sentence, uint32_t code, uint8_t kind, uint32_t last)
{
    if (code == ' ' && last == '.') {
        sentence->has_stop = true;
    }
    if ((kind & BLANK) && (last == '.' || last == '!' || last == '?')) {
        sentence->words = 0;
    } else if (code > ' ' && (last == ' ' || last == 0)) {
        sentence->words++;
    }
}

/* The brackets that stand open, by where in the key they begin. */
typedef struct {
    uint32_t round, square;
} Brackets;

static void read_bracket(Brackets *brackets, uint32_t code, size_t size)
{
    if (code == '(') {
        brackets->round = (uint32_t)size;
    } else if (code == '[') {
        brackets->square = (uint32_t)size;
    }
}

/* What a character and the one before it add to the shape. */
static uint32_t shape_at(uint32_t code, uint8_t kind, uint8_t before, size_t words)
{
    uint32_t shape = code < 0x80 ? 0 : OPENS_GLUED;
    if ((kind & UPPER) && (before & LOWER)) {
        shape |= words == 1 ? GLUED | OPENS_GLUED : GLUED;
    }
    if ((kind & SIGN) || ((kind & DASH) && (before & BLANK)) ||
        ((kind & BLANK) && (before & DASH))) {
        shape |= SIGNED;
    }
    if (kind & DIGIT) {
        shape |= NUMBERED;
    }
    return shape;
}

/* Adds a letter or digit to the key, after a blank where a word begins. */
static void add_to_key(char *key, size_t *size, size_t *words, uint32_t code, uint8_t kind,
                       uint8_t before)
{
    if (begins(kind, before) && (*words)++ > 0) {
        key[(*size)++] = ' ';
    }
    key[(*size)++] = (char)(kind & UPPER ? code | 0x20 : code);
}

Shape read_line(const Reader *reader, const uint8_t *text, size_t length, char *key, size_t *size,
                size_t *words)
{
    Shape shape = {0, 0, NO_TAIL};
    Sentence sentence = {false, 0};
    Brackets brackets = {NO_TAIL, NO_TAIL};
    uint8_t kind = 0;
    uint32_t code = 0;
    size_t at = 0, chars = 0, wide = 0, colon = 0, step;
    *size = *words = 0;
    for (; at < length && chars < reader->most; at += step, chars++) {
        uint8_t before = kind;
        uint32_t last = code;
        code = code_at(text + at, length - at, &step);
        kind = code < reader->count ? reader->kinds[code] : 0;
        if (kind == 0) {
            *size = *words = 0;
            return (Shape){ODD, 0, NO_TAIL};
        }
        if (kind & (LOWER | UPPER | DIGIT)) {
            add_to_key(key, size, words, code, kind, before);
        } else {
            read_bracket(&brackets, code, *size);
        }
        read_sentence(&sentence, code, kind, last);
        shape.bits |= shape_at(code, kind, before, *words);
        wide = code == ' ' ? wide + 1 : 0;
        if (wide >= WIDE_BLANK) {
            shape.bits |= SIGNED;
        }
        if (code == ':' && colon++ == 0 && chars >= LEAST_LABEL && chars <= LABEL_CHARS) {
            shape.label = (uint32_t)*size;
        }
    }
    if (at < length) { /* the rest is not known */
        shape.bits |= SIGNED | GLUED | OPENS_GLUED;
    }
    if (kind & CLOSING) {
        shape.tail = code == ')' ? brackets.round : brackets.square;
    } else if (sentence.has_stop && sentence.words <= TAIL_WORDS) {
        shape.bits |= SIGNED;
    }
    return shape;
}
