#ifndef NOVALENS_CVTERM_H
#define NOVALENS_CVTERM_H
#include <vterm.h>
#endif
