/* Some rows of a product by some columns, whose sums stay in registers. Included once for each kind
 * of vector, under which the names below stand for its own functions:
 *
 * TILE, PRODUCT, TARGET, VECTOR, LANES, ACROSS (vectors), DOWN (rows), LOAD, STORE, FILL, ADD_TIMES,
 * ADD, LARGER
 *
 * Every sum begins with its start and takes the products in the order of the weights, each rounded
 * once, so that all kinds of vectors and all places in a tile give the same. */

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
        const float *values = from->rows + row * from->row_step;
        const float *weights = from->weights + column;
        for (size_t k = 0; k < from->many; k++) {
            VECTOR weight[ACROSS];
            for (int j = 0; j < ACROSS; j++) {
                weight[j] = LOAD(weights + (size_t)j * LANES);
            }
#pragma GCC unroll 16
            for (int i = 0; i < down; i++) {
                VECTOR value = FILL(values[(size_t)i * from->row_step]);
                for (int j = 0; j < ACROSS; j++) {
                    sums[i][j] = ADD_TIMES(value, weight[j], sums[i][j]);
                }
            }
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

__attribute__((target(TARGET))) static void PRODUCT(const Product *of)
{
    for (size_t column = 0; column < of->channels; column += ACROSS * LANES) {
        size_t row = 0;
        for (; row + DOWN <= of->count; row += DOWN) {
            TILE(of, row, column, DOWN);
        }
        for (; row < of->count; row++) {
            TILE(of, row, column, 1);
        }
    }
}

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
