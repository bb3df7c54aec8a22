/* Counts over the characters of a text. */

#include "features.h"

/* The character that begins at `text[*at]`, and moves on to the next. The text is UTF-8 as Python
 * writes it, lone surrogates included; what lies beyond the first plane comes as its last one. */
static uint32_t next_character(const uint8_t *text, size_t length, size_t *at)
{
    uint8_t first = text[(*at)++];
    size_t more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t code = more == 0 ? first : first & (0x3Fu >> more);
    for (; more > 0 && *at < length; more--) {
        code = code << 6 | (text[(*at)++] & 0x3F);
    }
    return code < PLANE ? code : PLANE - 1;
}

Shape shape_of(const uint8_t *text, size_t length, const uint8_t *classes, int32_t most)
{
    Shape shape = {0, 0, 0, 0, 0};
    uint8_t kind = 0;
    for (size_t at = 0; at < length && shape.chars < most; shape.chars++) {
        kind = classes[next_character(text, length, &at)];
        shape.marks += (kind & MARK) != 0;
        shape.digits += (kind & DIGIT) != 0;
        shape.capitals += (kind & CAPITAL) != 0;
    }
    shape.ends_sentence = (kind & ENDS_SENTENCE) != 0;
    return shape;
}

Opening opening_of(const uint8_t *text, size_t length, const uint8_t *classes, int32_t most)
{
    Opening opening = {0, 0, 0, 0, 0, 0};
    uint8_t kind = IS_SPACE;
    int32_t chars = 0;
    for (size_t at = 0; at < length && chars < most; chars++) {
        uint8_t before = kind;
        kind = classes[next_character(text, length, &at)];
        if (chars == 0) {
            opening.is_small = (kind & BEGINS_SMALL) != 0;
            opening.is_capital = (kind & BEGINS_CAPITAL) != 0;
            opening.is_digit = (kind & BEGINS_DIGIT) != 0;
        }
        opening.capital_words += (kind & BEGINS_CAPITAL) && (before & IS_SPACE);
        opening.signs += (kind & IS_SIGN) != 0;
    }
    opening.leads_on = (kind & LEADS_ON) != 0;
    return opening;
}
