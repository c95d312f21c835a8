/* The control groups of this process: container_groups.c finds them, container.c reads their limits. */
#ifndef CONTAINER_H
#define CONTAINER_H

#include <limits.h>

/* Tests put a folder before the system's paths. */
#ifndef SYSTEM_ROOT
#define SYSTEM_ROOT ""
#endif

struct controller {
    const char *name;
    int version;                /* of the hierarchy it is mounted in; 0 is none */
    int is_read_only;
    char root[PATH_MAX];        /* the group that the mount shows as its root */
    char mount[PATH_MAX];
    char group[PATH_MAX];       /* this process's group, as a folder below the mount */
};

extern struct controller container_memory;
extern struct controller container_cpu;

void container_find_groups(void);

#endif
