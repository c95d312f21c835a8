/* Makes of each answer that a program would print a line of assembly, for answers.awk. */
#define _GNU_SOURCE
#include <stdio.h>

#define printf(format, value) __asm__ volatile("@answer %c0 %c1" : : "i"(format), "i"(value))
