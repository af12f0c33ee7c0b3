#define _GNU_SOURCE
#include "CCurses.h"

#include <langinfo.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

int ccurses_open(void)
{
  // The size comes from the terminal, not from LINES and COLUMNS, which are old after the first resize.
  use_env(FALSE);
  use_tioctl(TRUE);
  return newterm(NULL, ccurses_output(), stdin) == NULL ? -1 : 0;
}

void ccurses_put(int row, int column, const uint32_t *scalars, int count, int width, attr_t attributes, short pair)
{
  wchar_t text[CCHARW_MAX + 1] = {0};
  cchar_t cell;

  for (int i = 0; i < count && i < CCHARW_MAX; i++)
    text[i] = (wchar_t)scalars[i];
  if (count > 0 && wcwidth(text[0]) == width
      && setcchar(&cell, text, attributes, pair, NULL) == OK) {
    mvwadd_wchnstr(stdscr, row, column, &cell, 1);
    return;
  }
  setcchar(&cell, L"?", attributes, pair, NULL);
  for (int i = 0; i < width; i++)
    mvwadd_wchnstr(stdscr, row, column + i, &cell, 1);
}

int ccurses_window_size(int *rows, int *columns)
{
  struct winsize size;

  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
    return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

const char *ccurses_character_set(void)
{
  return nl_langinfo(CODESET);
}

const char *ccurses_capability(const char *name)
{
  const char *text = tigetstr((char *)name);

  return text == (const char *)-1 ? NULL : text;
}
