#ifndef NOVALENS_CCURSES_H
#define NOVALENS_CCURSES_H

#define NCURSES_WIDECHAR 1
#include <curses.h>

/// `stdscr` is a C global, which Swift 6 refuses to read.
static inline WINDOW *ccurses_screen(void) { return stdscr; }

#endif
