#include "CMemory.h"

#include <malloc.h>

// Before main, while there is one thread: a heap that another one has begun stays in use.
__attribute__((constructor)) static void keep_little(void)
{
  // Setting either ends the learning (mallopt(3)).
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 20);
  mallopt(M_ARENA_MAX, 1);
}

void cmemory_give_back(void)
{
  malloc_trim(0);
}
