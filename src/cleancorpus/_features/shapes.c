/* Counts over the characters of a text. */

#include <string.h>

#include "features.h"

/* The character that begins at `text[*at]`, and moves on to the next. The text is UTF-8 as Python
 * writes it, lone surrogates included; what lies beyond the first plane comes as its last one. */
static uint32_t next_character(const uint8_t *text, size_t length, size_t *at)
{
    uint8_t first = text[(*at)++];
    if (first < 0x80) {
        return first;
    }
    size_t more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t code = more == 0 ? first : first & (0x3Fu >> more);
    for (; more > 0 && *at < length; more--) {
        code = code << 6 | (text[(*at)++] & 0x3F);
    }
    return code < PLANE ? code : PLANE - 1;
}

/* A one in its 16 bits for each of the four lowest kinds, so that one addition counts all. */
#define LANES(kinds)                                                                                \
    ((uint64_t)((kinds) & 1) | (uint64_t)((kinds) >> 1 & 1) << 16 |                                 \
     (uint64_t)((kinds) >> 2 & 1) << 32 | (uint64_t)((kinds) >> 3 & 1) << 48)
static const uint64_t lanes[16] = {
    LANES(0), LANES(1), LANES(2),  LANES(3),  LANES(4),  LANES(5),  LANES(6),  LANES(7),
    LANES(8), LANES(9), LANES(10), LANES(11), LANES(12), LANES(13), LANES(14), LANES(15),
};

Shape shape_of(const uint8_t *text, size_t length, const uint8_t *kinds, int32_t most)
{
    uint64_t counts = 0;
    int32_t chars = 0, capital_words = 0;
    uint8_t first = 0, kind = SPACE;
    for (size_t at = 0; at < length && chars < most; chars++) {
        uint8_t before = kind;
        kind = kinds[next_character(text, length, &at)];
        first = chars == 0 ? kind : first;
        counts += lanes[kind & 15];
        capital_words += (kind & CAPITAL) != 0 && (before & SPACE) != 0;
    }
    return (Shape){
        .chars = (float)chars,
        .marks = (float)(counts & 0xFFFF),
        .digits = (float)(counts >> 16 & 0xFFFF),
        .capitals = (float)(counts >> 32 & 0xFFFF),
        .signs = (float)(counts >> 48),
        .is_small = (first & SMALL) != 0,
        .is_capital = (first & CAPITAL) != 0,
        .is_digit = (first & DIGIT) != 0,
        .ends_sentence = (kind & SENTENCE_END) != 0,
        .leads_on = (kind & LEAD) != 0,
        .capital_words = (float)capital_words,
    };
}

bool is_address(const uint8_t *text, size_t length, const uint8_t *kinds)
{
    bool has_ended = false;
    if (!(length >= 7 && memcmp(text, "http://", 7) == 0) &&
        !(length >= 8 && memcmp(text, "https://", 8) == 0)) {
        return false;
    }
    for (size_t at = 0; at < length;) {
        bool is_space = (kinds[next_character(text, length, &at)] & SPACE) != 0;
        if (has_ended && !is_space) {
            return false;
        }
        has_ended = is_space;
    }
    return true;
}
