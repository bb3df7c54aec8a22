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
        if (forest->starts[tree] < 0 || forest->starts[tree] >= forest->starts[tree + 1] ||
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
    bits |= 1U << (LEAVES - 1); /* the last place where none is left, as in Python */
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

/* Brings the features that are asked for, of up to TILE blocks, to rows of TILE floats each. */
static void lay_out(const Inputs *inputs, const uint8_t *is_asked, size_t from, size_t many,
                    float *rows)
{
    for (size_t feature = 0; feature < inputs->rows + inputs->switches; feature++) {
        float *row = rows + feature * TILE;
        if (!is_asked[feature]) {
            continue;
        }
        if (feature < inputs->rows) {
            memcpy(row, inputs->numbers + feature * inputs->count + from, many * sizeof *row);
            continue;
        }
        const uint8_t *bits = inputs->switch_of + from * inputs->switches + feature - inputs->rows;
        for (size_t block = 0; block < many; block++) {
            row[block] = bits[block * inputs->switches];
        }
    }
}

/* Rules out leaves where the value is higher. Compilers make more of it than of a choice. */
#if defined(__GNUC__)

typedef float Floats __attribute__((vector_size(32)));
typedef uint32_t Bits __attribute__((vector_size(32)));
#define WIDTH 8
#define INLINE __attribute__((always_inline)) static inline

INLINE void rule_out(Bits *left, const float *row, float turn, uint32_t gone)
{
    Floats values, turns = {turn, turn, turn, turn, turn, turn, turn, turn};
    Bits leaves = {gone, gone, gone, gone, gone, gone, gone, gone};
    memcpy(&values, row, sizeof values);
    *left &= ~((Bits)(values > turns) & leaves);
}

#else

typedef uint32_t Bits;
#define WIDTH 1
#define INLINE static inline

INLINE void rule_out(Bits *left, const float *row, float turn, uint32_t gone)
{
    if (*row > turn) {
        *left &= ~gone;
    }
}

#endif

/* Adds what the trees say of the blocks of a tile. */
INLINE void ask(const Forest *forest, const float *rows, float *votes)
{
    for (size_t tree = 0; tree < forest->trees; tree++) {
        Bits left[TILE / WIDTH];
        memset(left, 0xff, sizeof left);
        for (int32_t node = forest->starts[tree]; node < forest->starts[tree + 1]; node++) {
            const float *row = rows + (size_t)forest->feature[node] * TILE;
            for (size_t i = 0; i < TILE / WIDTH; i++) {
                rule_out(&left[i], row + i * WIDTH, forest->turn[node], forest->gone[node]);
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

static void ask_narrow(const Forest *forest, const float *rows, float *votes)
{
    ask(forest, rows, votes);
}

#if defined(__GNUC__) && defined(__x86_64__)

/* The same with vectors twice as wide; nothing is rounded otherwise. */
__attribute__((target("avx2"))) static void ask_wide(const Forest *forest, const float *rows,
                                                     float *votes)
{
    ask(forest, rows, votes);
}

static bool can_be_wide(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
}

#else

#define ask_wide ask_narrow

static bool can_be_wide(void)
{
    return false;
}

#endif

bool ask_forest(const Forest *forest, const Inputs *inputs, bool is_wide, float *votes)
{
    bool wide = is_wide && can_be_wide();
    Memory memory = {.count = 0};
    size_t features = inputs->rows + inputs->switches;
    float *rows = own(&memory, features, TILE * sizeof *rows);
    uint8_t *is_asked = own(&memory, features, 1);
    bool has_room = rows != NULL && is_asked != NULL;
    if (has_room) {
        memset(rows, 0, features * TILE * sizeof *rows);
        memset(is_asked, 0, features);
        for (size_t node = 0; node < forest->nodes; node++) {
            is_asked[forest->feature[node]] = 1;
        }
        for (size_t from = 0; from < inputs->count; from += TILE) {
            size_t many = inputs->count - from < TILE ? inputs->count - from : TILE;
            float sums[TILE] = {0};
            lay_out(inputs, is_asked, from, many, rows);
            (wide ? ask_wide : ask_narrow)(forest, rows, sums);
            memcpy(votes + from, sums, many * sizeof *votes);
        }
    }
    free_all(&memory);
    return has_room;
}
