/* Where blocks stand to one element: the container of the prose, or that of the headline. */

#include "features.h"

/* The containers of an element from the inside, and how far a pass over the blocks has come. */
typedef struct {
    int64_t *chain;
    size_t length, left, entered; /* how many end before the block, how many begin by then */
} Meeting;

static Meeting meeting_with(const Page *page, int64_t element)
{
    Meeting meeting = {page->top, 0, 0, 0};
    meeting.chain[meeting.length++] = element;
    while (element > 0) {
        element = page->tree.outer[element];
        meeting.chain[meeting.length++] = element;
    }
    meeting.entered = meeting.length;
    return meeting;
}

/* How far the element has to climb to what holds the next block too. The containers of a chain only
 * widen, so both counts only ever move one way. */
static size_t climb_to(Meeting *meeting, const Tree *tree, size_t block)
{
    int64_t at = (int64_t)block;
    while (meeting->left < meeting->length && tree->end[meeting->chain[meeting->left]] <= at) {
        meeting->left++;
    }
    while (meeting->entered > 0 && tree->begin[meeting->chain[meeting->entered - 1]] <= at) {
        meeting->entered--;
    }
    size_t climb = meeting->left > meeting->entered ? meeting->left : meeting->entered;
    return climb < meeting->length ? climb : meeting->length - 1;
}

/* How far a block's own element has to climb to the container where they meet. */
static float own_climb(const Page *page, size_t block, int64_t shared)
{
    const int64_t *depth = page->tree.depth;
    int64_t climb = depth[page->element[block]] - depth[shared];
    return (float)(climb > 0 ? climb : 0);
}

/* The container that most prose votes for: each block for the three nearest around it. */
static int64_t elected(const Page *page)
{
    static const float weights[] = {1.0f, 0.6f, 0.35f};
    int64_t best = 0;
    for (size_t row = 0; row < page->tree.count; row++) {
        page->votes[row] = 0;
    }
    for (int level = 0; level < 3; level++) {
        for (size_t i = 0; i < page->count; i++) {
            const Block *block = &page->blocks[i];
            if (block->words >= 10 && block->linked < 0.35f * block->chars) {
                float vote = block->words * weights[level];
                page->votes[block->path[level]] += vote;
            }
        }
    }
    for (size_t row = 0; row < page->tree.count; row++) {
        best = page->votes[row] > page->votes[best] ? (int64_t)row : best;
    }
    return best;
}

float *fill_top(Page *page, float *rows)
{
    const Tree *tree = &page->tree;
    size_t count = page->count;
    int64_t top = elected(page), first = tree->begin[top], last = tree->end[top];
    const Sums *upto = &page->sums[last], *from = &page->sums[first];
    double total = page->sums[count].words, chars = upto->chars - from->chars;
    float share = (float)((upto->words - from->words) / total);
    float links = (float)((upto->linked - from->linked) / (chars > 1 ? chars : 1));
    Meeting meeting = meeting_with(page, top);
    for (size_t i = 0; i < count; i++) {
        size_t climb = climb_to(&meeting, tree, i);
        int64_t shared = meeting.chain[climb], at = (int64_t)i;
        double words = page->sums[tree->end[shared]].words - page->sums[tree->begin[shared]].words;
        int64_t before = at < first ? at - first : 0, behind = at > last - 1 ? at - last + 1 : 0;
        rows[i] = (float)climb;
        rows[count + i] = own_climb(page, i, shared);
        rows[2 * count + i] = (float)(words / total);
        rows[3 * count + i] = climb == 0;
        rows[4 * count + i] = (float)(before + behind);
        rows[5 * count + i] = share;
        rows[6 * count + i] = links;
    }
    return rows + 7 * count;
}

float *fill_headline_tree(Page *page, float *rows)
{
    Meeting meeting = meeting_with(page, page->element[page->headline]);
    for (size_t i = 0; i < page->count; i++) {
        size_t climb = climb_to(&meeting, &page->tree, i);
        rows[i] = (float)climb;
        rows[page->count + i] = own_climb(page, i, meeting.chain[climb]);
    }
    return rows + 2 * page->count;
}
