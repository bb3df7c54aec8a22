/* Some rows of a product by some columns, whose sums stay in registers. Included once for each kind
 * of vector, under which the names below stand for its own functions:
 *
 * STEP, SWITCHES, TILE, PRODUCT, TARGET, VECTOR, LANES, ACROSS (vectors), DOWN (rows), LOAD, STORE, FILL, ADD_TIMES,
 * ADD, LARGER
 *
 * Every sum begins with its start and takes the products in the order of the weights, each rounded
 * once, so that all kinds of vectors and all places in a tile give the same. */

/* Adds one value of each row times its weights. */
__attribute__((always_inline, target(TARGET))) static inline void
STEP(VECTOR sums[DOWN][ACROSS], const float *values, size_t row_step, const float *weights, int down)
{
    VECTOR weight[ACROSS];
    for (int j = 0; j < ACROSS; j++) {
        weight[j] = LOAD(weights + (size_t)j * LANES);
    }
#pragma GCC unroll 16
    for (int i = 0; i < down; i++) {
        VECTOR value = FILL(values[(size_t)i * row_step]);
        for (int j = 0; j < ACROSS; j++) {
            sums[i][j] = ADD_TIMES(value, weight[j], sums[i][j]);
        }
    }
}

/* Adds the weights of switches. Most are off in all rows of a tile, and what they would add is
 * zero. */
__attribute__((always_inline, target(TARGET))) static inline void
SWITCHES(VECTOR sums[DOWN][ACROSS], const uint8_t *rows, size_t many, const float *weights,
         size_t channels, int down)
{
    uint8_t is_on[MOST_SWITCHES];
    find_switches(rows, many, down, is_on);
    for (size_t k = 0; k < many; k++) {
        if (is_on[k]) {
            float values[DOWN];
            for (int i = 0; i < down; i++) {
                values[i] = rows[(size_t)i * many + k];
            }
            STEP(sums, values, 1, weights + k * channels, down);
        }
    }
}

__attribute__((always_inline, target(TARGET))) static inline void
TILE(const Product *of, size_t row, size_t column, int down)
{
    VECTOR sums[DOWN][ACROSS];
#pragma GCC unroll 16
    for (int i = 0; i < down; i++) {
        for (int j = 0; j < ACROSS; j++) {
            sums[i][j] = LOAD(of->start + column + (size_t)j * LANES);
        }
    }
    for (size_t signal = 0; signal < of->signals; signal++) {
        const Signal *from = &of->signal[signal];
        const float *weights = from->weights + column;
        if (from->switches != NULL) {
            const uint8_t *rows = from->switches + row * from->many;
            SWITCHES(sums, rows, from->many, weights, of->channels, down);
            continue;
        }
        const float *values = from->rows + row * from->row_step;
        for (size_t k = 0; k < from->many; k++) {
            STEP(sums, values, from->row_step, weights, down);
            values += from->value_step;
            weights += of->channels;
        }
    }
#pragma GCC unroll 16
    for (int i = 0; i < down; i++) {
        for (int j = 0; j < ACROSS; j++) {
            size_t at = (row + (size_t)i) * of->channels + column + (size_t)j * LANES;
            VECTOR sum = LARGER(sums[i][j], FILL(0));
            STORE(of->out + at, of->hidden ? ADD(LOAD(of->hidden + at), sum) : sum);
        }
    }
}

/* Rows that fill no tile go by fours: a row alone would wait for each of its sums. */
__attribute__((target(TARGET))) static void PRODUCT(const Product *of)
{
    for (size_t column = 0; column < of->channels; column += ACROSS * LANES) {
        size_t row = 0;
        for (; row + DOWN <= of->count; row += DOWN) {
            TILE(of, row, column, DOWN);
        }
        for (; row + 4 <= of->count; row += 4) {
            TILE(of, row, column, 4);
        }
        for (; row < of->count; row++) {
            TILE(of, row, column, 1);
        }
    }
}

#undef STEP
#undef SWITCHES
#undef TILE
#undef PRODUCT
#undef TARGET
#undef VECTOR
#undef LANES
#undef ACROSS
#undef DOWN
#undef LOAD
#undef STORE
#undef FILL
#undef ADD_TIMES
#undef ADD
#undef LARGER
