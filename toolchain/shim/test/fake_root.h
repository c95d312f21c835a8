/* A folder that stands for the root of the file system. The sources read below it when they include this first. */
#ifndef FAKE_ROOT_H
#define FAKE_ROOT_H

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A constant, because the sources put it before literals; the runner gives each test program its own folder. */
#ifndef SYSTEM_ROOT
#error "SYSTEM_ROOT must be defined by the compile command"
#endif

static inline int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static inline void clear_root(void) {
    nftw(SYSTEM_ROOT, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    mkdir(SYSTEM_ROOT, 0700);
}

/* The path below the fake root, with all its parent folders made. */
static inline const char *in_root(const char *path) {
    static char full[PATH_MAX];
    snprintf(full, sizeof full, "%s%s", SYSTEM_ROOT, path);
    for (char *slash = full + strlen(SYSTEM_ROOT) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(full, 0700) != 0 && errno != EEXIST) {
            perror(full);
            exit(2);
        }
        *slash = '/';
    }
    return full;
}

static inline void put_bytes(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(in_root(path), "w");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
}

static inline void put(const char *path, const char *text) {
    put_bytes(path, text, strlen(text));
}

static inline void put_link(const char *path, const char *target) {
    if (symlink(target, in_root(path)) != 0) {
        perror(path);
        exit(2);
    }
}

#endif
