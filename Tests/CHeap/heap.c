#define _GNU_SOURCE
#include "cheap.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// A program that is linked with this counts all memory that it asks for: these stand in for glibc's own, which go by
// the names with underscores, too ("Replacing malloc" in glibc's manual).
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static atomic_size_t present, peak;
static struct {
  char bytes[256];
  size_t length;
} watched[4];
static atomic_size_t watched_count, seen;

static void *got(void *memory)
{
  if (memory != NULL) {
    size_t now = atomic_fetch_add(&present, malloc_usable_size(memory)) + malloc_usable_size(memory);
    size_t most = peak;
    while (now > most && !atomic_compare_exchange_weak(&peak, &most, now))
      ;
  }
  return memory;
}

static void lost(void *memory)
{
  if (memory == NULL)
    return;
  size_t size = malloc_usable_size(memory), count = watched_count;
  atomic_fetch_sub(&present, size);
  for (size_t i = 0; i < count; i++) {
    if (memmem(memory, size, watched[i].bytes, watched[i].length) != NULL)
      atomic_fetch_add(&seen, 1);
  }
}

void *malloc(size_t size) { return got(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return got(__libc_calloc(count, size)); }
void *memalign(size_t alignment, size_t size) { return got(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return got(__libc_memalign(alignment, size)); }

int posix_memalign(void **memory, size_t alignment, size_t size)
{
  *memory = got(__libc_memalign(alignment, size));
  return *memory == NULL ? ENOMEM : 0;
}

void *realloc(void *memory, size_t size)
{
  lost(memory);
  return got(__libc_realloc(memory, size));
}

void free(void *memory)
{
  lost(memory);
  __libc_free(memory);
}

size_t cheap_begin(void)
{
  size_t now = present;

  peak = now;
  return now;
}

size_t cheap_peak(void) { return peak; }

void cheap_watch(const void *bytes, size_t count)
{
  size_t next = watched_count;

  if (next == sizeof watched / sizeof watched[0] || count > sizeof watched[0].bytes)
    abort();
  memcpy(watched[next].bytes, bytes, count);
  watched[next].length = count;
  watched_count = next + 1;
}

size_t cheap_seen(void) { return seen; }
