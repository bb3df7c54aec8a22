/* Memory that is given back together. */

#include <stdlib.h>

#include "features.h"

void *own(Memory *memory, size_t many, size_t size)
{
    if (memory->count == OWNED || many > (SIZE_MAX - 1) / size) {
        return NULL;
    }
    void *made = malloc(many * size + 1);
    if (made != NULL) {
        memory->made[memory->count++] = made;
    }
    return made;
}

void free_all(Memory *memory)
{
    while (memory->count > 0) {
        free(memory->made[--memory->count]);
    }
}
