/* Reads a text once: its words, and whether anything in it asks for a closer look. */

#include "lines.h"

#define LABEL_CHARS 40 /* the most before a colon */
#define LEAST_LABEL 2
#define WIDE_BLANK 3
#define TAIL_WORDS 8 /* the most of a last sentence that may be a credit */

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

Character character_at(const Reader *reader, const Text *text, size_t at)
{
    Character found;
    found.code = code_at(text->bytes + at, text->length - at, &found.size);
    found.kind = found.code < reader->count ? reader->kinds[found.code] : 0;
    return found;
}

/* A word or number begins at a character of one kind after one of another. */
static bool begins(uint16_t kind, uint16_t before)
{
    return kind & DIGIT ? !(before & DIGIT) : !(before & (LOWER | UPPER));
}

void add_to_key(Key *key, const Character *character)
{
    uint16_t kind = character->kind;
    if (kind & (LOWER | UPPER | DIGIT)) {
        if (begins(kind, key->before) && key->words++ > 0) {
            key->bytes[key->size++] = ' ';
        }
        key->bytes[key->size++] = (char)(kind & UPPER ? character->code | 0x20 : character->code);
    }
    key->before = kind;
}

/* Where in the key the last sentence begins, if it may be a credit. */
typedef struct {
    bool has_stop; /* a full stop with a blank after it */
    uint32_t start, next; /* `next`: where only full stops and blanks have followed yet */
    size_t words, letters; /* `letters`: of the last word, until two other characters follow */
} Sentence;

static bool is_of_word(const Character *character)
{
    return (character->kind & (LOWER | UPPER | DIGIT)) || character->code == '_';
}

static void read_sentence(Sentence *sentence, const Character *now, const Character *last,
                          size_t size)
{
    bool is_blank = now->kind & BLANK;
    if (now->code == ' ' && last->code == '.') {
        sentence->has_stop = true;
    }
    if (sentence->next != NO_TAIL && now->code != '.' && now->code != ' ') {
        sentence->start = sentence->next;
        sentence->next = NO_TAIL;
    }
    bool is_end = last->code == '.' || last->code == '!' || last->code == '?';
    if (is_blank && is_end && sentence->letters > 1) { /* not after an initial */
        sentence->next = (uint32_t)size;
        sentence->words = 0;
    } else if (!is_blank && ((last->kind & BLANK) || last->kind == 0)) {
        sentence->words++;
    }
    if (is_of_word(now)) {
        sentence->letters = is_of_word(last) ? sentence->letters + 1 : 1;
    } else if (!is_of_word(last)) {
        sentence->letters = 0;
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
static uint32_t shape_at(const Character *now, const Character *last, size_t words)
{
    uint16_t kind = now->kind, before = last->kind;
    uint32_t shape = now->code < 0x80 ? 0 : OPENS_GLUED;
    if ((kind & UPPER) && (before & LOWER)) {
        shape |= words == 1 ? GLUED | OPENS_GLUED : GLUED;
    }
    if ((kind & SEPARATOR) || ((kind & DASH) && (before & BLANK)) ||
        ((kind & BLANK) && last->code == '>')) {
        shape |= PARTED;
    }
    if (kind & DIGIT) {
        shape |= NUMBERED;
    } else if (kind & UNDATED) {
        shape |= NO_DATE;
    } else if (now->code == ':') {
        shape |= CLOCKED;
    } else if (now->code == '-' || now->code == '/' || now->code == '.') {
        shape |= DATED;
    } else if (now->code == '@') {
        shape |= MAILED;
    }
    return shape;
}

/* Where a credit may begin in a line with that last character. */
static uint32_t tail_of(uint32_t code, uint16_t kind, const Brackets *brackets,
                        const Sentence *sentence)
{
    if (kind & CLOSING) {
        return code == ')' ? brackets->round : brackets->square;
    }
    return sentence->has_stop && sentence->words <= TAIL_WORDS ? sentence->start : NO_TAIL;
}

Shape read_line(const Reader *reader, const Text *text, Key *key)
{
    Shape shape = {0, 0, NO_TAIL};
    Sentence sentence = {false, 0, NO_TAIL, 0, 0};
    Brackets brackets = {NO_TAIL, NO_TAIL};
    Character last = {0, 0, 0};
    size_t at = 0, chars = 0, wide = 0, colon = 0;
    for (; at < text->length && chars < reader->most; at += last.size, chars++) {
        Character now = character_at(reader, text, at);
        if (now.kind == 0) {
            key->size = key->words = 0;
            return (Shape){ODD, 0, NO_TAIL};
        }
        add_to_key(key, &now);
        read_bracket(&brackets, now.code, key->size);
        read_sentence(&sentence, &now, &last, key->size);
        shape.bits |= shape_at(&now, &last, key->words);
        wide = now.code == ' ' ? wide + 1 : 0;
        if (wide >= WIDE_BLANK) {
            shape.bits |= PARTED;
        }
        if (now.code == ':' && colon++ == 0 && chars >= LEAST_LABEL && chars <= LABEL_CHARS) {
            shape.label = (uint32_t)key->size;
        }
        last = now;
    }
    if (at < text->length) {
        shape.bits |= UNREAD;
    }
    shape.tail = tail_of(last.code, last.kind, &brackets, &sentence);
    return shape;
}
