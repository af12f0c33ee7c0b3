#include "CMemory.h"

#include <malloc.h>

void cmemory_keep_little(void)
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
