#ifndef NOVALENS_CHEAP_H
#define NOVALENS_CHEAP_H

#include <stddef.h>

/// From here on the peak is counted anew. Returns how many bytes the program has just now.
size_t cheap_begin(void);
/// How many bytes the program has had at most since then.
size_t cheap_peak(void);

/// From now on it is counted how many pieces of memory are freed that hold these bytes, too. For up to four texts of at
/// most 256 bytes.
void cheap_watch(const void *bytes, size_t count);
/// How many pieces there were.
size_t cheap_seen(void);

#endif
