/* Which container lies around which element. */

#include "features.h"

bool find_containers(Tree *tree, int64_t *top)
{
    for (size_t row = 0; row < tree->count; row++) {
        int64_t parent = row > 0 ? tree->parent[row] : 0;
        if (parent < 0 || (row > 0 && (size_t)parent >= row)) {
            return false;
        }
        int32_t blocks = tree->end[row] - tree->begin[row];
        int32_t around = tree->end[parent] - tree->begin[parent];
        /* The outermost element around it that holds the same blocks. */
        top[row] = row > 0 && blocks == around ? top[parent] : (int64_t)row;
        int64_t above = top[row];
        tree->outer[row] = above > 0 ? tree->parent[above] : 0;
        tree->depth[row] = row > 0 ? tree->depth[tree->outer[row]] + 1 : 0;
        tree->above[row] = tree->bits[row] | (row > 0 ? tree->above[parent] : 0);
    }
    return true;
}
