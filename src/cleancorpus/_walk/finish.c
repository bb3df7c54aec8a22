/* From what the walk found to columns: texts as shown, kinds, what is hidden; see finish.py. */

#include <stdlib.h>
#include <string.h>

#include "page.h"

/* No step makes a text longer than it is in the page's raw text, so that much room is enough. */
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
