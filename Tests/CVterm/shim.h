#ifndef NOVALENS_CVTERM_H
#define NOVALENS_CVTERM_H
#include <vterm.h>

/// The attributes are bit fields in a structure; these read them.
static inline int cvterm_is_default_foreground(const VTermScreenCell *cell) { return VTERM_COLOR_IS_DEFAULT_FG(&cell->fg); }
static inline int cvterm_is_default_background(const VTermScreenCell *cell) { return VTERM_COLOR_IS_DEFAULT_BG(&cell->bg); }
/// The number of a colour in the palette, or -1.
static inline int cvterm_color_index(const VTermColor *color)
{
  return VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : -1;
}
#endif
