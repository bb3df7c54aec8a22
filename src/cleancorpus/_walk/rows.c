/* Table rows: those that hold data become one block each. */

#include "page.h"

static bool is_data_cell(const Plan *plan, const Page *page, int32_t at, int32_t row)
{
    return page->columns[PARENT][at] == row && (plan->roles[page->columns[TAG][at]] & CELL);
}

/* Whether a row holds data, and how many cells; a row that is the page's layout holds lists,
   headings, tables, long texts, or more than one block a cell. */
static bool is_data_row(const Plan *plan, const Page *page, int32_t row, int32_t end)
{
    const int32_t *first = page->columns[FIRST_BLOCK], *last = page->columns[END_BLOCK];
    int32_t cells = 0, blocks = 0;
    if ((size_t)first[row] == page->record_count || end - row > plan->row_elements) {
        return false;
    }
    for (int32_t at = row + 1; at < end; at++) {
        if (plan->roles[page->columns[TAG][at]] & NOT_IN_DATA) {
            return false;
        }
        if (!is_data_cell(plan, page, at, row)) {
            continue;
        }
        cells++;
        blocks += last[at] - first[at];
        if (last[at] - first[at] > 1) {
            return false;
        }
        if (last[at] > first[at]) {
            const Record *record = &page->records[first[at]];
            Span text = {page->raw.data + record->start, record->length};
            if (record->length > (size_t)plan->cell_chars &&
                count_chars(text) > (size_t)plan->cell_chars) {
                return false;
            }
        }
    }
    return cells > 1 && (size_t)blocks == page->record_count - (size_t)first[row];
}

/* Add a cell to the text of its row, which is made at the end of the raw text. */
static Status add_cell(Page *page, int32_t at, bool is_first, Record *merged)
{
    static const unsigned char mark[2] = {0, 0};
    Status status = is_first ? DONE : add_raw(page, (Span){mark, 2});
    if (status != DONE || page->columns[FIRST_BLOCK][at] == page->columns[END_BLOCK][at]) {
        return status;
    }
    const Record *record = &page->records[page->columns[FIRST_BLOCK][at]];
    /* Reserved first, because the text to add lies in what may be moved. */
    if (!RESERVE(&page->raw, record->length)) {
        return NO_MEMORY;
    }
    size_t start = page->raw.length;
    status = add_raw(page, (Span){page->raw.data + record->start, record->length});
    for (size_t i = start; i < page->raw.length; i++) {
        if (page->raw.data[i] == 0) {
            page->raw.data[i] = ' ';
        }
    }
    merged->link_chars += record->link_chars;
    merged->links += record->links;
    return status;
}

Status merge_row(const Plan *plan, Page *page, int32_t row, int32_t end)
{
    int32_t *first = page->columns[FIRST_BLOCK], *last = page->columns[END_BLOCK];
    int32_t start = first[row];
    if (!is_data_row(plan, page, row, end)) {
        return DONE;
    }
    Record merged = {page->raw.length, 0, row, 0, 0, true, false};
    bool is_first = true;
    for (int32_t at = row + 1; at < end; at++) {
        if (is_data_cell(plan, page, at, row)) {
            Status status = add_cell(page, at, is_first, &merged);
            if (status != DONE) {
                return status;
            }
            is_first = false;
        }
    }
    merged.length = page->raw.length - merged.start;
    page->record_count = (size_t)start + 1;
    page->records[start] = merged;
    for (int32_t at = row + 1; at < end; at++) {
        bool is_empty = first[at] == last[at];
        first[at] = start + (is_empty && first[at] > start);
        last[at] = first[at] + !is_empty;
    }
    return DONE;
}
