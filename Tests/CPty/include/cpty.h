#ifndef NOVALENS_CPTY_H
#define NOVALENS_CPTY_H
/// Starts a program in a new session on a new pseudo-terminal; see cpty.c.
int cpty_placeholder(void);
#endif
