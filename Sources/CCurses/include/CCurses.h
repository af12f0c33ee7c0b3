#ifndef NOVALENS_CCURSES_H
#define NOVALENS_CCURSES_H

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <term.h>
#include <termios.h>

// curses.h takes these names for macros, which Swift does not see and other C code trips over.
#undef lines
#undef columns

/// The attributes are macros with casts, which Swift does not see.
static const attr_t ccurses_bold = A_BOLD;
static const attr_t ccurses_dim = A_DIM;
static const attr_t ccurses_underline = A_UNDERLINE;
static const attr_t ccurses_reverse = A_REVERSE;

/// `stdscr` is a C global, which Swift 6 refuses to read.
static inline WINDOW *ccurses_screen(void) { return stdscr; }
static inline int ccurses_colors(void) { return COLORS; }
static inline int ccurses_rows(void) { return LINES; }
static inline int ccurses_columns(void) { return COLS; }

/// Starts curses on standard input and output (C globals as well). Unlike `initscr` it does not end the program when
/// it cannot. Returns 0, or -1.
int ccurses_open(void);

/// Puts one cluster, a base with its marks, into curses' window. When the C library thinks that the base has
/// another width than `width` (its Unicode may be older than ours), question marks take the place, because
/// curses would lose count of the columns.
void ccurses_put(int row, int column, const uint32_t *scalars, int count, int width, attr_t attributes, short pair);

/// What the terminal says of its size, in cells. Returns 0, or -1 when it does not know.
int ccurses_window_size(int *rows, int *columns);

/// The name of the character set of the locale, after `setlocale`.
const char *ccurses_character_set(void);

/// A capability of the terminal by its terminfo name, or NULL.
const char *ccurses_capability(const char *name);

/// What goes to the terminal (output.c).

/// The file for curses to write to.
FILE *ccurses_output(void);
/// Sends bytes that are none of curses'.
void ccurses_send(const uint8_t *bytes, size_t count);
/// The same from a signal handler, before the end: a terminal that nobody reads keeps it for a second at most.
void ccurses_send_at_last(const uint8_t *bytes, size_t count);
/// `beep`, which writes at once.
void ccurses_ring(void);
/// From now on what curses sends is kept, until the picture has ended.
///
/// `is_anew` is for a terminal that shows something else than curses knows: all is drawn again, and all of the window
/// scrolls again. What was under way for a window of another size may have left it a region of that size, which
/// clearing the screen does not mend.
void ccurses_begin_picture(bool is_anew);
/// Sends it in one piece, but keeps so many of its last bytes back. Returns whether there are any.
bool ccurses_end_picture(off_t most);
/// Sends these as well. Returns whether the terminal made it wait.
bool ccurses_send_kept(void);

/// Whose turn it is to use the terminal (holder.c).

/// Whoever is about to use the terminal says so, and says when that is done; it may be nested. Does not return once a
/// signal ends the program. For one thread at a time.
void ccurses_use_begin(void);
void ccurses_use_end(void);
/// From a signal handler, before the end: another thread that uses the terminal stops for good.
void ccurses_use_no_more(void);
/// What that one does then, from its own handler.
void ccurses_stop_for_good(void);

/// Signals as bytes (signals.c).

/// Makes a pipe on which each caught signal arrives as one byte, its number. Returns the end to read, or -1.
int ccurses_signals_open(void);
/// Catches a signal, so that it arrives on the pipe.
void ccurses_signals_catch(int signal);
/// Gives a signal its former action back.
void ccurses_signals_release(int signal);
/// Whether the shell, or another job of it, has the terminal.
bool ccurses_is_in_background(void);
/// Stops this process and its process group as Ctrl-Z would, and returns once it is continued in the foreground, or at
/// once where it is to end or nobody could continue it (an orphaned process group). Returns whether it is in the
/// foreground.
bool ccurses_stop_job(void);
/// How often it has been stopped that way and continued.
int ccurses_times_continued(void);
/// The signal that has asked for the end of the program, SIGTERM or SIGHUP, or 0.
int ccurses_last_call(void);

/// The terminal given back when a signal ends the program, a crash or not (crash.c).

/// From now on such a signal writes `bytes` to standard output and sets `modes` before it takes its course. `count` is
/// cut to what the handler has room for.
void ccurses_crash_arm(const uint8_t *bytes, int count, const struct termios *modes);
/// What else it writes when another program has had the terminal: puts an end to what that has asked for.
void ccurses_crash_calm(const uint8_t *bytes, int count);
/// Whether another program may have left the terminal in any state.
void ccurses_crash_lend(bool is_lent_now);
/// Whether such a signal is about to end the program.
bool ccurses_is_dying(void);
/// From now on it touches nothing, because the terminal is not ours.
void ccurses_crash_disarm(void);
/// How many seconds the event loop has for the end that a signal asks for.
enum { CCURSES_PATIENCE = 3 };
/// Should the event loop not end the program soon, as when it waits for a terminal that nobody reads, a handler does.
/// From a signal handler.
void ccurses_await_end(int signal);
/// Has its time begin anew, if an end is awaited.
void ccurses_await_end_anew(void);

/// Another program that has the terminal (guest.c).

/// Starts a program in a process group of its own, which has the terminal from then on, with no files but the standard
/// ones. Returns 0, or what errno says.
int ccurses_guest_start(char *const arguments[], char *const environment[], pid_t *pid);
/// It has ended, with a status of waitpid, and the number of its group may soon be another's. Does not return while a
/// signal ends the program.
void ccurses_guest_ended(int status);
/// From now on none is started; one that is just being started is there when this returns.
void ccurses_guest_no_more(void);
/// Its process group, or 0.
pid_t ccurses_guest(void);
/// Gives the terminal to a process group, also from the background.
void ccurses_give_terminal_to(pid_t group);
/// Has it end, and all that it has started, of which it has two seconds to put things in order. False when it has not
/// ended by itself, but by a signal, and so has left the terminal as it was. May be called by a signal handler, as the
/// next one.
bool ccurses_guest_end(void);
/// Takes the terminal from it, and sets its modes. False, and nothing is done, when the shell has it by now.
bool ccurses_reclaim(const struct termios *modes);

/// What a crash leaves behind (report.c).

/// From now on a crash writes a report to `path`, which must not be there yet; it begins with `heading` and holds
/// what standard error has got since the offset `said`, the stack and the last notes.
void ccurses_report_prepare(const char *path, const char *heading, long said);
/// How many bytes of a line there is room for, with the zero behind it.
enum { CCURSES_NOTE_LENGTH = 240 };
/// One more line for the report, of which the last fifty are kept. For one thread at a time.
void ccurses_report_note(const char *line);
/// What a line of the report begins with that names a function.
#define CCURSES_NAME_MARK "    in "
/// Writes the report, from a signal handler. Returns what to tell the person, which is nothing without a report.
const char *ccurses_report_write(int signal);

/// The names of functions (symbols.c), for the report.

void ccurses_symbols_prepare(void);
/// Opens the table of names, from a signal handler.
void ccurses_symbols_open(void);
/// The name, as the linker knows it, of the function that an address of a stack lies in, or NULL.
const char *ccurses_symbol(const void *address);

/// The Swift runtime's own: makes a name readable that the linker knows. Returns a text to be freed, or NULL. It has
/// no header (swift/Demangling/Demangle.h is the compiler's).
char *swift_demangle(const char *name, size_t length, char *buffer, size_t *size, uint32_t flags);

#endif
