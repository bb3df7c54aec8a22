/* The words of a text's lines: which of them other lines use, and which lines begin or end alike. */

#include "features.h"

#include <string.h>

size_t words_in(const uint8_t *key, size_t length)
{
    size_t words = 1;
    for (size_t i = 0; i < length; i++) {
        words += key[i] == ' ';
    }
    return words;
}

/* Seeded, and each step mixed: a text must not be able to put all its words into one slot. */
static uint32_t hash_of(const Tokens *tokens, const uint8_t *word, size_t length)
{
    uint64_t hash = tokens->seed ^ length;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ word[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static bool is_same(const Token *token, uint32_t hash, const uint8_t *word, size_t length)
{
    return token->hash == hash && token->length == length &&
           memcmp(token->bytes, word, length) == 0;
}

/* The slot of a word, or the free one that it would take. */
static size_t slot_of(const Tokens *tokens, uint32_t hash, const uint8_t *word, size_t length)
{
    size_t slot = hash & tokens->mask;
    uint32_t number;
    while ((number = tokens->slots[slot]) != 0 &&
           !is_same(&tokens->known[number - 1], hash, word, length)) {
        slot = (slot + 1) & tokens->mask;
    }
    return slot;
}

static void add_token(Tokens *tokens, const uint8_t *word, size_t length)
{
    uint32_t hash = hash_of(tokens, word, length);
    size_t slot = slot_of(tokens, hash, word, length);
    if (tokens->slots[slot] == 0) {
        tokens->known[tokens->many] = (Token){word, (uint32_t)length, hash, 0, -1, 0, 0, false};
        tokens->slots[slot] = (uint32_t)++tokens->many;
    }
    tokens->at[tokens->count++] = tokens->slots[slot] - 1;
}

void mark_stopword(Tokens *tokens, const uint8_t *word, size_t length)
{
    uint32_t number = tokens->slots[slot_of(tokens, hash_of(tokens, word, length), word, length)];
    if (number != 0) {
        tokens->known[number - 1].is_stop = true;
    }
}

void add_tokens(Tokens *tokens, const uint8_t *key, size_t length)
{
    size_t start = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i == length || key[i] == ' ') {
            add_token(tokens, key + start, i - start);
            start = i + 1;
        }
    }
}

/* Counts for each word the lines of running text that use it, those that begin with it, and those
 * that end with it. */
static void count_uses(Tokens *tokens, const size_t *ends, const uint8_t *is_running, size_t lines)
{
    for (size_t line = 0, at = 0; line < lines; line++) {
        tokens->known[tokens->at[at]].begins++;
        tokens->known[tokens->at[ends[line] - 1]].ends++;
        for (; at < ends[line]; at++) {
            Token *token = &tokens->known[tokens->at[at]];
            if (is_running[line] && !token->is_stop && token->last_line != (int32_t)line) {
                token->uses++;
                token->last_line = (int32_t)line;
            }
        }
    }
}

void count_tokens(Tokens *tokens, const size_t *ends, const uint8_t *is_running, size_t lines,
                  Usage *usage)
{
    count_uses(tokens, ends, is_running, lines);
    for (size_t line = 0, at = 0; line < lines; line++) {
        const Token *first = &tokens->known[tokens->at[at]];
        const Token *last = &tokens->known[tokens->at[ends[line] - 1]];
        size_t stopwords = 0, known = 0, words = ends[line] - at;
        for (; at < ends[line]; at++) {
            const Token *token = &tokens->known[tokens->at[at]];
            stopwords += token->is_stop;
            known += token->uses > (is_running[line] != 0); /* a line does not count for itself */
        }
        size_t others = words > stopwords ? words - stopwords : 1;
        usage[line] = (Usage){(float)stopwords, (float)((double)known / (double)others),
                              (float)first->begins, (float)last->ends};
    }
}
