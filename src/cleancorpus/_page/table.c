/* Phrases by word, and what of them a line holds. */

#include "lines.h"

#include <string.h>

#define COVER_WORDS 6 /* of a phrase in a row */

static uint64_t mixed(uint64_t hash, uint64_t part)
{
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* Eight bytes at a time; never zero. */
static uint32_t hash_of(const char *key, size_t length)
{
    uint64_t hash = length, part = 0;
    for (; length >= sizeof part; length -= sizeof part, key += sizeof part) {
        memcpy(&part, key, sizeof part);
        hash = mixed(hash, part);
    }
    for (part = 0; length > 0; length--) {
        part = part << 8 | (uint8_t)key[length - 1];
    }
    return (uint32_t)(mixed(hash, part) >> 32) | 1;
}

/* The slot of a key: its own, or a free one. */
static size_t slot_of(const Table *table, const char *key, size_t length, uint32_t hash)
{
    size_t slot = (hash >> 1) & table->mask; /* its lowest bit says only that it is no zero */
    while (table->hashes[slot] != 0) {
        const Entry *entry = &table->slots[slot];
        if (table->hashes[slot] == hash && entry->length == length &&
            memcmp(entry->key, key, length) == 0) {
            break;
        }
        slot = (slot + 1) & table->mask;
    }
    return slot;
}

const Entry *known(const Table *table, const char *key, size_t length)
{
    if (length > table->longest) {
        return NULL;
    }
    size_t slot = slot_of(table, key, length, hash_of(key, length));
    return table->hashes[slot] != 0 ? &table->slots[slot] : NULL;
}

Entry *claim(Table *table, const char *key, size_t length)
{
    uint32_t hash = hash_of(key, length);
    size_t slot = slot_of(table, key, length, hash);
    Entry *entry = &table->slots[slot];
    if (table->hashes[slot] == 0) {
        table->longest = length > table->longest ? length : table->longest;
        table->hashes[slot] = hash;
        *entry = (Entry){key, length, 0, {NO_PHRASE, NO_PHRASE, NO_PHRASE, NO_PHRASE}};
    }
    return entry;
}

static bool is_number(const Word *word)
{
    return word->key[0] >= '0' && word->key[0] <= '9';
}

/* Adds a word; a number after another one and a multiple after a number are left out. */
static void add_word(const Table *table, Line *line, Word word)
{
    const Entry *entry = known(table, word.key, word.length);
    bool after_number = line->count > 0 && is_number(&line->words[line->count - 1]);
    uint32_t flags = entry != NULL ? entry->flags : 0;
    line->raw++;
    line->has_share |= (flags & IS_SHARE) != 0;
    if (is_number(&word)) {
        if (after_number) {
            return;
        }
        word = (Word){"0", 1};
        entry = known(table, "0", 1);
    } else {
        line->spoken++;
        line->is_dated &= (flags & OF_DATES) != 0;
        line->is_named |= (flags & IS_DATE) != 0;
        line->is_plain &= (flags & (IS_DATE | IS_GLUE)) != 0;
        if (after_number && (flags & IS_MULTIPLE)) {
            return;
        }
    }
    line->words[line->count] = word;
    line->entries[line->count++] = entry;
}

bool cut_line(const Table *table, const char *key, size_t length, bool is_numbered, Line *line)
{
    line->count = line->raw = line->spoken = 0;
    line->is_dated = line->is_plain = true;
    line->has_share = line->is_named = false;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(key + at, ' ', length - at);
        size_t size = end != NULL ? (size_t)(end - key) - at : length - at;
        if (line->raw >= table->most_words || line->raw >= MOST_WORDS) {
            return false;
        }
        add_word(table, line, (Word){key + at, size});
        at += size + 1;
    }
    line->padded[0] = ' ';
    line->length = 1;
    for (size_t i = 0; i < line->count; i++) {
        memcpy(line->padded + line->length, line->words[i].key, line->words[i].length);
        line->length += line->words[i].length;
        line->padded[line->length++] = ' ';
    }
    if (!is_numbered) {
        const Entry *whole = known(table, key, length);
        line->is_dated = line->is_named = whole != NULL && (whole->flags & IS_DATE);
        line->is_plain = line->is_dated;
    }
    return line->count > 0;
}

/* The phrase begins somewhere in the line, at a blank. */
static bool is_inside(const Line *line, const Phrase *phrase)
{
    const char *at = line->padded, *end = line->padded + line->length;
    while (at != NULL && (size_t)(end - at) >= phrase->length) {
        if (memcmp(at, phrase->line, phrase->length) == 0) {
            return true;
        }
        at = memchr(at + 1, ' ', (size_t)(end - at) - 1);
    }
    return false;
}

static bool is_at(const Line *line, const Phrase *phrase, int mode)
{
    if (mode == CONTAINS) {
        return is_inside(line, phrase);
    }
    if (phrase->length > line->length || (mode == EXACT && phrase->length != line->length)) {
        return false;
    }
    size_t start = mode == ENDS ? line->length - phrase->length : 0;
    return memcmp(line->padded + start, phrase->line, phrase->length) == 0;
}

bool find_phrases(const Table *table, const Line *line,
                  bool (*take)(void *into, size_t phrase, bool is_whole), void *into)
{
    const Entry *whole = known(table, line->padded + 1, line->length - 2);
    for (int mode = EXACT; mode < MODES; mode++) {
        size_t first = mode == ENDS ? line->count - 1 : 0;
        size_t stop = mode == CONTAINS ? line->count : first + 1;
        for (size_t i = first; i < stop; i++) {
            const Entry *entry = mode == EXACT ? whole : line->entries[i];
            size_t at = entry != NULL ? entry->phrases[mode] : NO_PHRASE;
            for (; at != NO_PHRASE; at = table->phrases[at].next) {
                const Phrase *phrase = &table->phrases[at];
                bool is_whole = mode != EXACT && phrase->length == line->length;
                if (is_at(line, phrase, mode) && !take(into, at, is_whole)) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* How many words from one on are an exact phrase, the most that are, and that phrase; 0 where none
 * are. */
static size_t exact_from(const Table *table, const Line *line, size_t first, const char *at,
                         size_t *phrase)
{
    size_t found = 0, length = 0;
    for (size_t i = first; i < line->count && i < first + COVER_WORDS; i++) {
        length += line->words[i].length + (i > first);
        const Entry *entry = known(table, at, length);
        if (entry != NULL && entry->phrases[EXACT] != NO_PHRASE) {
            found = i - first + 1;
            *phrase = entry->phrases[EXACT];
        }
    }
    /* Of several, that of the first pack; the last one noted comes first. */
    while (found > 0 && table->phrases[*phrase].next != NO_PHRASE) {
        *phrase = table->phrases[*phrase].next;
    }
    return found;
}

/* The line is exact phrases one after the other, the longest taken each time. */
static bool is_covered(const Table *table, const Line *line, Row *row)
{
    const char *at = line->padded + 1;
    row->count = 0;
    for (size_t i = 0; i < line->count;) {
        size_t found = exact_from(table, line, i, at, &row->phrases[row->count]);
        if (found == 0) {
            return false;
        }
        row->count++;
        for (size_t stop = i + found; i < stop; i++) {
            at += line->words[i].length + 1;
        }
    }
    return true;
}

bool opens_row(const Line *line)
{
    const Entry *entry = line->entries[0];
    return is_number(&line->words[0]) || (entry != NULL && (entry->flags & IS_FIRST));
}

Answer is_row(const Table *table, const Line *line, Row *row)
{
    bool has_number = false, has_word = false;
    for (size_t i = 0; i < line->count; i++) {
        uint32_t flags = line->entries[i] != NULL ? line->entries[i]->flags : 0;
        if (is_number(&line->words[i])) {
            has_number = true;
        } else if (!(flags & IS_WHOLE) || (i == 0 && !(flags & IS_FIRST))) {
            return NO;
        } else {
            has_word = true;
        }
    }
    if (has_number) {
        return has_word && line->has_share ? MAYBE : NO;
    }
    return has_word && is_covered(table, line, row) ? YES : NO;
}

Answer is_date(const Table *table, const Line *line, uint32_t shape)
{
    bool is_numbered = shape & NUMBERED;
    if (!line->is_dated || (is_numbered && (line->raw > table->date_words || (shape & NO_DATE)))) {
        return NO;
    }
    if (line->is_named && line->is_plain) {
        return YES;
    }
    if (line->spoken == 1 && !line->is_plain) {
        return NO;
    }
    /* Figures may be a date by themselves, also with one word such as "at" beside them. */
    bool is_plain = line->spoken <= 1;
    bool may_be = (shape & (CLOCKED | LETTERED)) || ((shape & DATED) && line->raw >= 3);
    return is_numbered && is_plain && !may_be ? NO : MAYBE;
}
