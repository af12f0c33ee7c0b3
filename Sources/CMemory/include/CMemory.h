#ifndef NOVALENS_CMEMORY_H
#define NOVALENS_CMEMORY_H

// A program with this target has large pieces of memory go back to the system as soon as they are free, and one heap for
// all threads. glibc would learn from the first large answer to keep tens of mebibytes for the next one, on each thread,
// and what is decoded on whichever thread is free would leave holes in each thread's own. In C, because Swift does not
// see malloc.h.

/// Gives whole pages back to the system that lie free between pieces which are in use.
void cmemory_give_back(void);

#endif
