#ifndef NOVALENS_CMEMORY_H
#define NOVALENS_CMEMORY_H

/// Has large pieces of memory go back to the system as soon as they are free. glibc would learn from the first large
/// answer to keep tens of mebibytes for the next one, on each thread. In C, because Swift does not see malloc.h.
void cmemory_keep_little(void);

#endif
