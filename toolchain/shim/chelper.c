/*
 * libchelper: system calls in the form in which an image can call them. Image code calls C functions with a fixed
 * list of arguments only, so variadic ones get a front whose suffix tells the types (S string, I and D int).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

char **getEnviron(void) {
    return environ;
}

/* x86-64 keeps its instruction cache coherent; the builtin is nothing there and right elsewhere. */
void codeSynchronization_clearCache(int64_t from, int64_t to) {
    __builtin___clear_cache((char *)(uintptr_t)from, (char *)(uintptr_t)to);
}

int getThreadId(void) {
    return (int)syscall(SYS_gettid);
}

/* User time of a thread of this process in nanoseconds, in ticks' resolution; -1 if there is no such thread. */
int64_t getThreadUserTimeSlow(int thread_id) {
    char path[64];
    char line[1024];
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread_id);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return -1;
    }
    char *read = fgets(line, sizeof line, file);
    fclose(file);
    /* The second field is the thread's name in parentheses and may itself hold any of them (proc(5)). */
    char *fields = read == NULL ? NULL : strrchr(line, ')');
    unsigned long user_ticks;
    if (fields == NULL || sscanf(fields, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu", &user_ticks) != 1) {
        return -1;
    }
    return (int64_t)user_ticks * (1000000000L / sysconf(_SC_CLK_TCK));
}

void *mremapP(void *old_address, size_t old_size, size_t new_size, int flags, void *new_address) {
    return mremap(old_address, old_size, new_size, flags, new_address);
}

int openSII(const char *path, int flags, int mode) {
    return open(path, flags, mode);
}

int openatISII(int folder, const char *path, int flags, int mode) {
    return openat(folder, path, flags, mode);
}

/* The format is a constant of the image. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
int fprintfSD(FILE *file, const char *format, char *text, int number) {
    return fprintf(file, format, text, number);
}
