/* The categories that the words of class, id and role stand for. */

#include <string.h>

#include "features.h"

static bool is_small(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_capital(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* FNV-1a. */
static size_t slot_of(const uint8_t *word, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ word[i]) * 16777619u;
    }
    return hash & (SLOTS - 1);
}

/* The slot of a word, or the free one that it would take. */
static size_t find(const Vocabulary *vocabulary, const uint8_t *word, size_t length)
{
    size_t at = slot_of(word, length);
    for (;;) {
        const Word *slot = &vocabulary->slots[at];
        if (slot->length == 0 ||
            (slot->length == length && memcmp(slot->bytes, word, length) == 0)) {
            return at;
        }
        at = (at + 1) & (SLOTS - 1);
    }
}

bool add_word(Vocabulary *vocabulary, const uint8_t *bytes, size_t length, int64_t bits)
{
    /* Half of the slots stay free, so that every search ends. */
    if (length == 0 || length > WORD_CHARS || vocabulary->count >= SLOTS / 2) {
        return false;
    }
    Word *slot = &vocabulary->slots[find(vocabulary, bytes, length)];
    if (slot->length == 0) {
        memcpy(slot->bytes, bytes, length);
        slot->length = (uint8_t)length;
        vocabulary->count++;
    }
    slot->bits = bits;
    return true;
}

int64_t bits_of(const Vocabulary *vocabulary, const uint8_t *text, size_t length)
{
    int64_t bits = 0;
    uint8_t word[WORD_CHARS];
    size_t size = 0;
    for (size_t i = 0; i <= length; i++) {
        uint8_t byte = i < length ? text[i] : 0;
        bool is_letter = is_small(byte) || is_capital(byte);
        bool is_hump = is_capital(byte) && i > 0 && is_small(text[i - 1]);
        if (size > 0 && (!is_letter || is_hump)) {
            if (size <= WORD_CHARS) {
                bits |= vocabulary->slots[find(vocabulary, word, size)].bits;
            }
            size = 0;
        }
        if (is_letter) {
            if (size < WORD_CHARS) {
                word[size] = byte | 32;
            }
            size++; /* past the longest word it only counts */
        }
    }
    return bits;
}
