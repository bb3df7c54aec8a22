/* Products of the network, for processors that multiply and add many floats in one step. */

#include "features.h"

#if defined(__GNUC__) && defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

/* Which switches are on in any of these rows. */
static void find_switches(const uint8_t *rows, size_t many, int down, uint8_t *is_on)
{
    memset(is_on, 0, many);
    for (int i = 0; i < down; i++, rows += many) {
        for (size_t k = 0; k < many; k++) {
            is_on[k] |= rows[k];
        }
    }
}

#define STEP wide_step
#define SWITCHES wide_switches
#define TILE wide_tile
#define PRODUCT wide_product
#define TARGET "avx512f"
#define VECTOR __m512
#define LANES 16
#define ACROSS 2
#define DOWN 12
#define LOAD _mm512_loadu_ps
#define STORE _mm512_storeu_ps
#define FILL _mm512_set1_ps
#define ADD_TIMES _mm512_fmadd_ps
#define ADD _mm512_add_ps
#define LARGER _mm512_max_ps
#include "tile.h"

#define STEP narrow_step
#define SWITCHES narrow_switches
#define TILE narrow_tile
#define PRODUCT narrow_product
#define TARGET "avx2,fma"
#define VECTOR __m256
#define LANES 8
#define ACROSS 2
#define DOWN 6
#define LOAD _mm256_loadu_ps
#define STORE _mm256_storeu_ps
#define FILL _mm256_set1_ps
#define ADD_TIMES _mm256_fmadd_ps
#define ADD _mm256_add_ps
#define LARGER _mm256_max_ps
#include "tile.h"

bool take_product(const Product *of, bool is_wide)
{
    __builtin_cpu_init();
    if (is_wide && of->channels % 32 == 0 && __builtin_cpu_supports("avx512f")) {
        wide_product(of);
    } else if (of->channels % 16 == 0 && __builtin_cpu_supports("avx2") &&
               __builtin_cpu_supports("fma")) {
        narrow_product(of);
    } else {
        return false;
    }
    return true;
}

#else

bool take_product(const Product *of, bool is_wide)
{
    (void)of, (void)is_wide;
    return false;
}

#endif
