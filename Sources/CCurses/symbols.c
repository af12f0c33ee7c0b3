#define _GNU_SOURCE
#include "CCurses.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// The names of the program's functions as its own file has them, private ones too. glibc knows only those that
// other objects could call. All of it with calls that a signal handler may make.
static uintptr_t base;
static const ElfW(Sym) *symbols;
static size_t symbol_count;
static const char *names;
static size_t names_size;

static int note_base(struct dl_phdr_info *info, size_t size, void *nothing)
{
  (void)size;
  (void)nothing;
  // The program itself comes first, and is all that is asked about.
  base = info->dlpi_addr;
  return 1;
}

void ccurses_symbols_prepare(void)
{
  dl_iterate_phdr(note_base, NULL);
}

void ccurses_symbols_open(void)
{
  struct stat status;
  int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

  if (file < 0)
    return;
  if (fstat(file, &status) != 0 || (size_t)status.st_size < sizeof(ElfW(Ehdr))) {
    close(file);
    return;
  }
  size_t size = (size_t)status.st_size;
  const char *start = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (start == MAP_FAILED)
    return;
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)start;
  if (header->e_shoff == 0 || header->e_shoff + header->e_shnum * sizeof(ElfW(Shdr)) > size)
    return;
  const ElfW(Shdr) *sections = (const ElfW(Shdr) *)(start + header->e_shoff);
  for (size_t i = 0; i < header->e_shnum; i++) {
    const ElfW(Shdr) *table = &sections[i];
    if (table->sh_type != SHT_SYMTAB || table->sh_link >= header->e_shnum)
      continue;
    const ElfW(Shdr) *texts = &sections[table->sh_link];
    if (table->sh_offset + table->sh_size > size || texts->sh_offset + texts->sh_size > size)
      return;
    symbols = (const ElfW(Sym) *)(start + table->sh_offset);
    symbol_count = table->sh_size / sizeof *symbols;
    names = start + texts->sh_offset;
    names_size = texts->sh_size;
  }
}

const char *ccurses_symbol(const void *address)
{
  // The address is where a call returns to, which after a last call is the next function already.
  uintptr_t place = (uintptr_t)address - base - 1;

  for (size_t i = 0; i < symbol_count; i++)
    if (ELF64_ST_TYPE(symbols[i].st_info) == STT_FUNC && symbols[i].st_name < names_size
        && place >= symbols[i].st_value && place - symbols[i].st_value < symbols[i].st_size)
      return names + symbols[i].st_name;
  return NULL;
}
