/* A forest over the features of blocks: every node of a tree is asked, for many blocks at once, and
 * clears the bits of the leaves that its answer rules out. The lowest bit left is the leaf, as in
 * QuickScorer (Lucchese et al., SIGIR 2015). */

#include <string.h>

#include "forest.h"

#define TILE 32 /* blocks at once */

const char *check_forest(const Forest *forest, size_t features)
{
    if (!are_below(forest->feature, forest->nodes, features)) {
        return "a node asks for a feature that is not there";
    }
    for (size_t tree = 0; tree < forest->trees; tree++) {
        if (forest->starts[tree] < 0 || forest->starts[tree] > forest->starts[tree + 1] ||
            forest->starts[tree + 1] - forest->starts[tree] >= LEAVES) {
            return "a tree has more leaves than there are bits for, or none";
        }
    }
    if (forest->starts[0] != 0 || (size_t)forest->starts[forest->trees] != forest->nodes) {
        return "the trees do not begin and end";
    }
    return NULL;
}

static unsigned lowest(uint32_t bits)
{
    bits |= 1U << (LEAVES - 1); /* the last leaf is never ruled out by a tree that is one */
#if defined(__GNUC__)
    return (unsigned)__builtin_ctz(bits);
#else
    unsigned at = 0;
    while (!(bits & 1)) {
        bits >>= 1;
        at++;
    }
    return at;
#endif
}

/* Brings the features that are asked for to rows of `wide` floats each. */
static void lay_out(const Forest *forest, const Inputs *inputs, size_t wide, uint8_t *is_there,
                    float *rows)
{
    memset(is_there, 0, inputs->rows + inputs->switches);
    for (size_t node = 0; node < forest->nodes; node++) {
        is_there[forest->feature[node]] = 1;
    }
    for (size_t feature = 0; feature < inputs->rows + inputs->switches; feature++) {
        float *row = rows + feature * wide;
        if (!is_there[feature]) {
            continue;
        }
        if (feature < inputs->rows) {
            memcpy(row, inputs->numbers + feature * inputs->count, inputs->count * sizeof *row);
        } else {
            const uint8_t *from = inputs->switch_of + (feature - inputs->rows);
            for (size_t block = 0; block < inputs->count; block++) {
                row[block] = from[block * inputs->switches];
            }
        }
        memset(row + inputs->count, 0, (wide - inputs->count) * sizeof *row);
    }
}

/* Rules out leaves where the value is higher. Compilers make more of it than of a choice. */
#if defined(__GNUC__)

typedef float Four __attribute__((vector_size(16)));
typedef uint32_t Bits __attribute__((vector_size(16)));
#define WIDTH 4

static inline Bits rule_out(Bits left, const float *row, float turn, uint32_t gone)
{
    Four values, turns = {turn, turn, turn, turn};
    Bits leaves = {gone, gone, gone, gone};
    memcpy(&values, row, sizeof values);
    return left & ~((Bits)(values > turns) & leaves);
}

#else

typedef uint32_t Bits;
#define WIDTH 1

static inline Bits rule_out(Bits left, const float *row, float turn, uint32_t gone)
{
    return *row > turn ? left & ~gone : left;
}

#endif

/* Adds what the trees say of the blocks of a tile. */
static void ask(const Forest *forest, const float *rows, size_t wide, float *votes)
{
    for (size_t tree = 0; tree < forest->trees; tree++) {
        Bits left[TILE / WIDTH];
        memset(left, 0xff, sizeof left);
        for (int32_t node = forest->starts[tree]; node < forest->starts[tree + 1]; node++) {
            const float *row = rows + (size_t)forest->feature[node] * wide;
            for (size_t i = 0; i < TILE / WIDTH; i++) {
                left[i] = rule_out(left[i], row + i * WIDTH, forest->turn[node],
                                   forest->gone[node]);
            }
        }
        uint32_t each[TILE];
        memcpy(each, left, sizeof each);
        const float *says = forest->says + tree * LEAVES;
        for (size_t i = 0; i < TILE; i++) {
            votes[i] += says[lowest(each[i])];
        }
    }
}

bool ask_forest(const Forest *forest, const Inputs *inputs, float *votes)
{
    Memory memory = {.count = 0};
    size_t features = inputs->rows + inputs->switches;
    size_t wide = (inputs->count + TILE - 1) / TILE * TILE;
    float *rows = own(&memory, features * wide, sizeof *rows);
    uint8_t *is_there = own(&memory, features, 1);
    bool is_there_room = rows != NULL && is_there != NULL;
    if (is_there_room) {
        lay_out(forest, inputs, wide, is_there, rows);
        for (size_t from = 0; from < wide; from += TILE) {
            float sums[TILE] = {0};
            ask(forest, rows + from, wide, sums);
            size_t many = inputs->count - from < TILE ? inputs->count - from : TILE;
            memcpy(votes + from, sums, many * sizeof *votes);
        }
    }
    free_all(&memory);
    return is_there_room;
}
