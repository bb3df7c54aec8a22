/* From what the walk found to columns: white space as a browser shows it, kinds, what is hidden.

   This is finish.py again, byte by byte: text is UTF-8 here, and no step lengthens it. */

#include <stdlib.h>
#include <string.h>

#include "walk.h"

/* HTML_SPACE collapses in a browser. ODD_SPACE is white space to Python, but neither collapses
   nor is kept apart by HTML; NO_BREAK and WIDE are kept within a line. */
typedef enum { NO_SPACE, HTML_SPACE, ODD_SPACE, NO_BREAK, WIDE } Space;

static Space far_space_at(const unsigned char *at, const unsigned char *end, size_t *length)
{
    *length = 2;
    if (end - at < 2) {
        return NO_SPACE;
    }
    if (at[0] == 0xC2) {
        return at[1] == 0xA0 ? NO_BREAK : at[1] == 0x85 ? ODD_SPACE : NO_SPACE;
    }
    *length = 3;
    if (end - at < 3) {
        return NO_SPACE;
    }
    if (at[0] == 0xE1) {
        return at[1] == 0x9A && at[2] == 0x80 ? WIDE : NO_SPACE;
    }
    if (at[0] == 0xE3) {
        return at[1] == 0x80 && at[2] == 0x80 ? WIDE : NO_SPACE;
    }
    if (at[0] != 0xE2) {
        return NO_SPACE;
    }
    if (at[1] == 0x81) {
        return at[2] == 0x9F ? WIDE : NO_SPACE;
    }
    if (at[1] != 0x80) {
        return NO_SPACE;
    }
    if (at[2] == 0xA8 || at[2] == 0xA9) {
        return ODD_SPACE;
    }
    return at[2] <= 0x8A || at[2] == 0xAF ? WIDE : NO_SPACE;
}

/* The kind of white space that begins here, and its length in bytes. */
static inline Space space_at(const unsigned char *at, const unsigned char *end, size_t *length)
{
    unsigned char byte = *at;
    if (byte > ' ') {
        return byte < 0xC2 || byte > 0xE3 ? NO_SPACE : far_space_at(at, end, length);
    }
    *length = 1;
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r') {
        return HTML_SPACE;
    }
    return byte == '\v' || byte >= 0x1C ? ODD_SPACE : NO_SPACE;
}

static inline bool begins_char(unsigned char byte)
{
    return (byte & 0xC0) != 0x80;
}

bool is_blank(Span text)
{
    const unsigned char *at = text.data, *end = at + text.length;
    size_t length;
    while (at < end) {
        if (space_at(at, end, &length) == NO_SPACE) {
            return false;
        }
        at += length;
    }
    return true;
}

size_t count_chars(Span text)
{
    size_t chars = 0;
    for (size_t at = 0; at < text.length; at++) {
        chars += begins_char(text.data[at]);
    }
    return chars;
}

Span first_chars(Span text, int32_t most)
{
    if (text.length <= (size_t)most) {
        return text;
    }
    size_t at = 0;
    for (int32_t chars = 0; at < text.length; at++) {
        if (begins_char(text.data[at]) && chars++ == most) {
            break;
        }
    }
    text.length = at;
    return text;
}

/* Without the white space around it. */
Span stripped(Span text)
{
    const unsigned char *at = text.data, *end = at + text.length, *last = at;
    size_t length;
    while (at < end && space_at(at, end, &length) != NO_SPACE) {
        at += length;
    }
    text.data = last = at;
    while (at < end) {
        if (space_at(at, end, &length) == NO_SPACE) {
            length = 1;
            last = at + 1;
        }
        at += length;
    }
    text.length = (size_t)(last - text.data);
    return text;
}

/* The characters of a text whose runs of white space are one space each, with none around. */
int32_t squeezed_chars(Span text)
{
    const unsigned char *at = text.data, *end = at + text.length;
    int32_t chars = 0;
    bool is_apart = false;
    size_t length;
    while (at < end) {
        if (space_at(at, end, &length) != NO_SPACE) {
            is_apart = chars > 0;
            at += length;
            continue;
        }
        chars += begins_char(*at) + is_apart;
        is_apart = false;
        at++;
    }
    return chars;
}

/* The text of a block in the making. */
typedef struct {
    unsigned char *start, *at;
    int32_t chars, words;
} Text;

static bool has_wide(const unsigned char *at, const unsigned char *end)
{
    size_t length;
    for (; at < end; at++) {
        if (*at >= 0xE1 && *at <= 0xE3 && far_space_at(at, end, &length) == WIDE) {
            return true;
        }
    }
    return false;
}

/* Add a line with its white space as shown. Where wide spaces stand in it, only what HTML calls
   white space collapses; else all does but the no-break space. */
static void add_line(Text *text, const unsigned char *at, const unsigned char *end)
{
    bool only_html = has_wide(at, end), is_apart = false, in_word = false;
    unsigned char *begin = text->at, *last = text->at, *to = text->at;
    int32_t chars = text->chars, last_chars = text->chars;
    size_t length;
    while (at < end) {
        Space space = space_at(at, end, &length);
        if (space == HTML_SPACE || (space == ODD_SPACE && !only_html)) {
            is_apart = to > begin;
            in_word = false;
            at += length;
            continue;
        }
        if (space != NO_SPACE && to == begin) {
            at += length;
            continue;
        }
        if (is_apart) {
            *to++ = ' ';
            chars++;
            is_apart = false;
        }
        if (space != NO_SPACE) {
            memcpy(to, at, length);
            to += length;
            at += length;
            chars++;
            in_word = false;
            continue;
        }
        text->words += !in_word;
        in_word = true;
        chars += begins_char(*at);
        *to++ = *at++;
        last = to;
        last_chars = chars;
    }
    text->at = last;
    text->chars = last_chars;
}

static const unsigned char *find_mark(const unsigned char *at, const unsigned char *end)
{
    const unsigned char *mark = at < end ? memchr(at, 0, (size_t)(end - at)) : NULL;
    return mark != NULL ? mark : end;
}

/* Lines end at U+0000, which stands for a `<br>`; empty ones at either end are left out. */
static void add_lines(Text *text, const unsigned char *at, const unsigned char *end)
{
    size_t waiting = 0;
    for (;;) {
        const unsigned char *mark = find_mark(at, end);
        unsigned char *begin = text->at;
        size_t room = begin > text->start ? waiting : 0;
        /* The marks that wait are as many bytes as the line ends that stand for them. */
        text->at += room;
        int32_t chars = text->chars;
        text->chars += (int32_t)room;
        add_line(text, at, mark);
        if (text->at == begin + room) {
            text->at = begin;
            text->chars = chars;
        } else {
            memset(begin, '\n', room);
            waiting = 0;
        }
        if (mark == end) {
            return;
        }
        waiting++;
        at = mark + 1;
    }
}

/* Cells end at two U+0000. */
static void add_cells(Text *text, const unsigned char *at, const unsigned char *end)
{
    for (;;) {
        const unsigned char *mark = find_mark(at, end);
        add_line(text, at, mark);
        if (mark == end) {
            return;
        }
        *text->at++ = '\t';
        text->chars++;
        at = mark + 2;
    }
}

/* Where code begins: after the blank lines before it, whose end may be a mark. */
static const unsigned char *skip_blank_lines(const unsigned char *at, const unsigned char *end)
{
    const unsigned char *line = at;
    size_t length;
    while (at < end) {
        if (*at == '\n' || *at == 0) {
            line = ++at;
        } else if (space_at(at, end, &length) != NO_SPACE) {
            at += length;
        } else {
            break;
        }
    }
    return line;
}

/* Code stays as it is, but for blank lines before it and white space after it. */
static void add_verbatim(Text *text, const unsigned char *at, const unsigned char *end)
{
    bool in_word = false;
    unsigned char *to = text->at;
    int32_t chars = 0;
    size_t length;
    at = skip_blank_lines(at, end);
    while (at < end) {
        if (*at == 0 || space_at(at, end, &length) != NO_SPACE) {
            length = *at == 0 ? 1 : length;
            memcpy(to, at, length);
            *to = *at == 0 ? '\n' : *to;
            to += length;
            at += length;
            chars++;
            in_word = false;
            continue;
        }
        text->words += !in_word;
        in_word = true;
        chars += begins_char(*at);
        *to++ = *at++;
        text->at = to;
        text->chars = chars;
    }
}

static void show_texts(Page *page)
{
    Text text = {page->shown.data, page->shown.data, 0, 0};
    for (size_t i = 0; i < page->record_count; i++) {
        const Record *record = &page->records[i];
        const unsigned char *at = page->raw.data + record->start, *end = at + record->length;
        text.start = text.at;
        text.chars = text.words = 0;
        if (record->is_verbatim) {
            add_verbatim(&text, at, end);
        } else if (record->is_row) {
            add_cells(&text, at, end);
        } else {
            add_lines(&text, at, end);
        }
        page->ends[i] = (size_t)(text.at - page->shown.data);
        page->blocks[CHARS][i] = text.chars;
        page->blocks[WORDS][i] = text.words;
    }
}

/* The kind and level of each block, from the nearest element around it that gives one. `givers`
   and `lists` have a place for each row. */
static void set_kinds(const Plan *plan, Page *page, int32_t *givers, int32_t *lists)
{
    const int32_t *tags = page->columns[TAG], *parents = page->columns[PARENT];
    for (size_t row = 0; row < page->row_count; row++) {
        int32_t parent = parents[row], tag = tags[row];
        givers[row] = parent >= 0 ? givers[parent] : -1;
        lists[row] = parent >= 0 ? lists[parent] : 0;
        if (plan->kinds[tag] >= 0) {
            givers[row] = (int32_t)row;
        } else if (plan->roles[tag] & LIST) {
            lists[row]++;
        }
    }
    for (size_t i = 0; i < page->record_count; i++) {
        const Record *record = &page->records[i];
        int32_t giver = givers[record->row];
        int32_t kind = giver >= 0 ? plan->kinds[tags[giver]] : -1;
        if (record->is_row) {
            kind = plan->table_row;
        } else if (kind < 0 ||
                   (kind == plan->item && page->columns[FIRST_BLOCK][giver] != (int32_t)i)) {
            kind = tags[record->row] == plan->paragraph_code ? plan->paragraph : plan->line;
        }
        int32_t depth = lists[record->row] > 1 ? lists[record->row] : 1;
        page->blocks[KIND][i] = kind;
        page->blocks[LEVEL][i] = kind == plan->heading ? plan->levels[tags[giver]]
                                 : kind == plan->item  ? depth
                                                       : 0;
    }
}

/* First blocks never fall from one row to the next, so what was marked need not be again. */
static void mark_hidden(Page *page)
{
    int32_t marked = 0;
    for (size_t i = 0; i < page->hidden_rows.length; i++) {
        int32_t row = page->hidden_rows.data[i];
        int32_t start = page->columns[FIRST_BLOCK][row], end = page->columns[END_BLOCK][row];
        if (start < marked) {
            start = marked;
        }
        if (start < end) {
            memset(page->hidden + start, 1, (size_t)(end - start));
            marked = end;
        }
    }
}

Status finish(const Plan *plan, Page *page)
{
    size_t count = page->record_count, rows = page->row_count;
    page->shown.data = malloc(page->raw.length + 1);
    page->ends = malloc((count + 1) * sizeof *page->ends);
    page->hidden = calloc(count + 1, 1);
    bool is_whole = page->shown.data != NULL && page->ends != NULL && page->hidden != NULL;
    for (int column = 0; column < BLOCK_COLUMNS; column++) {
        page->blocks[column] = malloc((count + 1) * sizeof(int32_t));
        is_whole = is_whole && page->blocks[column] != NULL;
    }
    int32_t *by_row = calloc(3 * rows + 1, sizeof *by_row);
    if (!is_whole || by_row == NULL) {
        free(by_row);
        return NO_MEMORY;
    }
    show_texts(page);
    for (size_t i = 0; i < count; i++) {
        const Record *record = &page->records[i];
        page->blocks[AT_ROW][i] = record->row;
        page->blocks[PART][i] = by_row[record->row]++;
        page->blocks[LINK_CHARS][i] = record->link_chars;
        page->blocks[LINKS][i] = record->links;
    }
    set_kinds(plan, page, by_row + rows, by_row + 2 * rows);
    mark_hidden(page);
    free(by_row);
    return DONE;
}
