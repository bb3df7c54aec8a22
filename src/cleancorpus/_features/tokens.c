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

/* FNV-1a. */
static uint32_t hash_of(const uint8_t *word, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ word[i]) * 16777619u;
    }
    return hash != 0 ? hash : 1;
}

static void add_token(Tokens *tokens, const uint8_t *word, size_t length)
{
    uint32_t hash = hash_of(word, length);
    size_t slot = hash & tokens->mask;
    Token *token = &tokens->slots[slot];
    while (token->hash != 0 && (token->hash != hash || token->length != length ||
                                memcmp(token->bytes, word, length) != 0)) {
        slot = (slot + 1) & tokens->mask;
        token = &tokens->slots[slot];
    }
    if (token->hash == 0) {
        *token = (Token){word, length, hash, 0, -1, 0, 0, false};
    }
    tokens->at[tokens->count++] = (uint32_t)slot;
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
static void count_uses(Tokens *tokens, const size_t *ends, const uint8_t *is_long, size_t lines)
{
    for (size_t line = 0, at = 0; line < lines; line++) {
        tokens->slots[tokens->at[at]].begins++;
        tokens->slots[tokens->at[ends[line] - 1]].ends++;
        for (; at < ends[line]; at++) {
            Token *token = &tokens->slots[tokens->at[at]];
            if (is_long[line] && !token->is_stop && token->last_line != (int32_t)line) {
                token->uses++;
                token->last_line = (int32_t)line;
            }
        }
    }
}

void count_tokens(Tokens *tokens, const size_t *ends, const uint8_t *is_long, size_t lines,
                  const Usage *usage)
{
    count_uses(tokens, ends, is_long, lines);
    for (size_t line = 0, at = 0; line < lines; line++) {
        const Token *first = &tokens->slots[tokens->at[at]];
        const Token *last = &tokens->slots[tokens->at[ends[line] - 1]];
        size_t stopwords = 0, known = 0, words = ends[line] - at;
        for (; at < ends[line]; at++) {
            const Token *token = &tokens->slots[tokens->at[at]];
            stopwords += token->is_stop;
            known += token->uses > (is_long[line] != 0); /* a line does not count for itself */
        }
        size_t others = words > stopwords ? words - stopwords : 1;
        usage->stopwords[line] = (float)stopwords;
        usage->known[line] = (float)((double)known / (double)others);
        usage->begins[line] = (float)first->begins;
        usage->ends[line] = (float)last->ends;
    }
}
