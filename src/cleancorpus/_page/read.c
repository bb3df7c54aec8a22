/* Reads a text once: its words, and whether anything in it asks for a closer look. */

#include "lines.h"

#define LABEL_CHARS 40 /* the most before a colon */
#define LEAST_LABEL 2
#define WIDE_BLANK 3
#define TAIL_WORDS 8 /* the most of a last sentence that may be a credit */
#define FIRST_PICTURE 0x1F300 /* emoji, none of which is a letter or number */
#define LAST_PICTURE 0x1FAFF

Character wide_character_at(const Reader *reader, const Text *text, size_t at)
{
    const uint8_t *bytes = text->bytes + at;
    size_t left = text->length - at, size = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    if (size > left) {
        return (Character){UINT32_MAX, UINT32_MAX, 0, left};
    }
    uint32_t code = bytes[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        code = code << 6 | (bytes[i] & 0x3f);
    }
    if (code < reader->count) {
        return (Character){code, reader->folded[code], reader->kinds[code], size};
    }
    bool is_picture = code >= FIRST_PICTURE && code <= LAST_PICTURE;
    return (Character){code, code, is_picture ? PLAIN : 0, size};
}

/* A word or number begins at a character of one kind after one of another. */
static bool begins(uint16_t kind, uint16_t before)
{
    return kind & DIGIT ? !(before & DIGIT) : !(before & LETTER);
}

void add_to_key(Key *key, const Character *character)
{
    uint16_t kind = character->kind;
    uint32_t code = character->folded;
    if (kind & (LETTER | DIGIT)) {
        if (begins(kind, key->before) && key->words++ > 0) {
            key->bytes[key->size++] = ' ';
        }
        if (code < 0x80) {
            key->bytes[key->size++] = (char)code;
        } else {
            if (code < 0x800) {
                key->bytes[key->size++] = (char)(0xc0 | code >> 6);
            } else {
                key->bytes[key->size++] = (char)(0xe0 | code >> 12);
                key->bytes[key->size++] = (char)(0x80 | (code >> 6 & 0x3f));
            }
            key->bytes[key->size++] = (char)(0x80 | (code & 0x3f));
        }
    }
    key->before = kind;
}

/* A line while it is read. */
typedef struct {
    Shape shape;
    Character last;
    size_t chars, wide, colons; /* `wide`: blanks in a row */
    uint32_t round, square; /* where in the key the last bracket of a kind opened */
    /* Where in the key the last sentence begins, if it may be a credit. `next` is the same where
     * only full stops and blanks have followed yet. */
    bool has_stop; /* a full stop with a blank after it */
    uint32_t start, next;
    size_t words;   /* of the sentence */
    size_t letters; /* of the last word, until two other characters follow */
} Reading;

static bool is_letter(uint16_t kind)
{
    return kind & (LETTER | DIGIT);
}

static bool is_of_word(const Character *character)
{
    return is_letter(character->kind) || character->code == '_';
}

/* What any character but a blank means for the sentence. */
static void go_on_with_sentence(Reading *reading, const Character *now)
{
    if (reading->next != NO_TAIL && now->code != '.') {
        reading->start = reading->next;
        reading->next = NO_TAIL;
    }
    reading->words += (reading->last.kind & BLANK) || reading->last.kind == 0;
    if (is_of_word(now)) {
        reading->letters = is_of_word(&reading->last) ? reading->letters + 1 : 1;
    } else if (!is_of_word(&reading->last)) {
        reading->letters = 0;
    }
}

static void read_letter(Reading *reading, const Character *now, size_t words)
{
    if ((now->kind & UPPER) && (reading->last.kind & LOWER)) {
        reading->shape.bits |= words == 1 ? GLUED | OPENS_GLUED : GLUED;
    } else if (now->kind & DIGIT) {
        reading->shape.bits |= NUMBERED;
    } else if (now->folded == 'h') {
        reading->shape.bits |= LETTERED;
    }
    reading->wide = 0;
    go_on_with_sentence(reading, now);
}

static void read_blank(Reading *reading, const Character *now, size_t size)
{
    uint32_t last = reading->last.code;
    reading->wide = now->code == ' ' ? reading->wide + 1 : 0;
    if (reading->wide >= WIDE_BLANK || (now->kind & SEPARATOR) || last == '>') {
        reading->shape.bits |= PARTED;
    }
    reading->has_stop |= now->code == ' ' && last == '.';
    if (reading->next != NO_TAIL && now->code != ' ') {
        reading->start = reading->next;
        reading->next = NO_TAIL;
    }
    /* Not after an initial. */
    if ((last == '.' || last == '!' || last == '?') && reading->letters > 1) {
        reading->next = (uint32_t)size;
        reading->words = 0;
    }
    if (!is_of_word(&reading->last)) {
        reading->letters = 0;
    }
}

static void read_sign(Reading *reading, const Character *now, size_t size)
{
    Shape *shape = &reading->shape;
    if ((now->kind & SEPARATOR) || ((now->kind & DASH) && (reading->last.kind & BLANK))) {
        shape->bits |= PARTED;
    }
    if (now->kind & UNDATED) {
        shape->bits |= NO_DATE;
    }
    switch (now->code) {
    case ':':
        shape->bits |= CLOCKED;
        if (reading->colons++ == 0 && reading->chars >= LEAST_LABEL &&
            reading->chars <= LABEL_CHARS) {
            shape->label = (uint32_t)size;
        }
        break;
    case '-':
    case '/':
    case '.':
        shape->bits |= DATED;
        break;
    case '@':
        shape->bits |= MAILED;
        break;
    case '(':
        reading->round = (uint32_t)size;
        break;
    case '[':
        reading->square = (uint32_t)size;
        break;
    default:
        break;
    }
    reading->wide = 0;
    go_on_with_sentence(reading, now);
}

/* Reads on from a letter over the small ones right after it, as most characters are, and returns
 * where it stopped. They make nothing of the line that the first letter has not, but for an h. */
static size_t read_small_letters(const Reader *reader, const Text *text, size_t at,
                                 Reading *reading, Key *key)
{
    size_t most = reader->most - reading->chars - 1;
    size_t end = text->length - at < most ? text->length : at + most, start = at;
    for (; at < end; at++) {
        uint8_t byte = text->bytes[at];
        if (byte >= 0x80 || byte >= reader->count || !(reader->kinds[byte] & LOWER)) {
            break;
        }
        reading->shape.bits |= byte == 'h' ? LETTERED : 0;
        key->bytes[key->size++] = (char)reader->folded[byte];
    }
    if (at > start) {
        uint8_t byte = text->bytes[at - 1];
        reading->chars += at - start;
        reading->letters += at - start;
        reading->last = (Character){byte, reader->folded[byte], reader->kinds[byte], 1};
        key->before = reading->last.kind;
    }
    return at;
}

/* Where a credit may begin in the line that was read. */
static uint32_t tail_of(const Reading *reading)
{
    if (reading->last.kind & CLOSING) {
        return reading->last.code == ')' ? reading->round : reading->square;
    }
    return reading->has_stop && reading->words <= TAIL_WORDS ? reading->start : NO_TAIL;
}

Shape read_line(const Reader *reader, const Text *text, Key *key)
{
    Reading reading = {.shape = {0, 0, NO_TAIL}, .round = NO_TAIL, .square = NO_TAIL,
                       .next = NO_TAIL};
    size_t at = 0;
    for (; at < text->length && reading.chars < reader->most; reading.chars++) {
        Character now = character_at(reader, text, at);
        if (is_letter(now.kind)) {
            add_to_key(key, &now);
            read_letter(&reading, &now, key->words);
        } else if (now.kind & BLANK) {
            read_blank(&reading, &now, key->size);
        } else if (now.kind != 0) {
            read_sign(&reading, &now, key->size);
        } else {
            key->size = key->words = 0;
            return (Shape){ODD, 0, NO_TAIL};
        }
        reading.shape.bits |= now.code < 0x80 ? 0 : OPENS_GLUED;
        key->before = now.kind;
        reading.last = now;
        at += now.size;
        if (now.kind & LETTER) {
            at = read_small_letters(reader, text, at, &reading, key);
        }
    }
    reading.shape.bits |= at < text->length ? UNREAD : 0;
    reading.shape.tail = tail_of(&reading);
    return reading.shape;
}
