/*
 * libsvm_container: the memory and processors that the control groups leave to this process, for versions 1 and 2.
 *
 * A limit holds for a group and all below it, so the smallest on the way from the process's group to the root of what
 * is mounted counts: kernel documentation, admin-guide/cgroup-v1/memory and admin-guide/cgroup-v2.
 */
#define _GNU_SOURCE
#include "container.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "processors.h"

enum { NOT_CONTAINERIZED, CONTAINERIZED, LIBRARY_TOO_OLD, LIBRARY_TOO_NEW };
enum { INTERFACE_VERSION = 240100 };
enum { UNLIMITED = -1, UNKNOWN = -2 };

static int read_text(const char *folder, const char *name, char *text, size_t size) {
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) {
        return 0;
    }
    /* Not a stream, which takes eight system calls: such a file is made when it is read, and is read at once. */
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    ssize_t length = read(file, text, size - 1);
    text[length < 0 ? 0 : length] = '\0';
    close(file);
    return length > 0;
}

/* "max" is how version 2 says that there is no limit; version 1 has a number that no machine reaches. */
static int64_t number(const char *text) {
    char *end;
    if (strncmp(text, "max", 3) == 0) {
        return UNLIMITED;
    }
    unsigned long long value = strtoull(text, &end, 10);
    return end == text ? UNKNOWN : value > INT64_MAX ? UNLIMITED : (int64_t)value;
}

static int64_t read_number(const char *folder, const char *name) {
    char text[64];
    return read_text(folder, name, text, sizeof text) ? number(text) : UNKNOWN;
}

/* A value of memory.stat, whose lines are "key value". */
static int64_t read_statistic(const char *folder, const char *key) {
    char text[8192];
    size_t length = strlen(key);
    if (!read_text(folder, "memory.stat", text, sizeof text)) {
        return UNKNOWN;
    }
    for (char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0 && line[length] == ' ') {
            return number(line + length + 1);
        }
    }
    return UNKNOWN;
}

/* Calls for the process's group and those above it, up to the root of the mount. */
static void climb(const struct controller *controller, void (*visit)(const char *folder, void *state), void *state) {
    char folder[PATH_MAX];
    strcpy(folder, controller->group);
    size_t mount_length = strlen(controller->mount);
    for (;;) {
        visit(folder, state);
        char *slash = strrchr(folder, '/');
        if (strlen(folder) <= mount_length || slash == NULL) {
            return;
        }
        *slash = '\0';
    }
}

struct smallest {
    const char *file, *statistic;
    int64_t value;
    char folder[PATH_MAX];
};

static void take_smaller(struct smallest *smallest, int64_t value, const char *folder) {
    int is_first_known = smallest->value == UNKNOWN && value != UNKNOWN;
    if (is_first_known || (value >= 0 && (smallest->value < 0 || value < smallest->value))) {
        smallest->value = value;
        strcpy(smallest->folder, folder);
    }
}

/* Version 1 also says what groups above the mount allow, which a container does not see otherwise. */
static void visit_memory(const char *folder, void *state) {
    struct smallest *smallest = state;
    take_smaller(smallest, read_number(folder, smallest->file), folder);
    if (smallest->statistic != NULL) {
        take_smaller(smallest, read_statistic(folder, smallest->statistic), folder);
    }
}

/* The name of a file or statistic in the version that is in force. */
static const char *either(const char *in_v1, const char *in_v2) {
    return container_memory.version == 1 ? in_v1 : in_v2;
}

/* The smallest limit below the bound and the folder that has it; without one, UNLIMITED and the process's group. */
static struct smallest smallest_limit(const char *file_v1, const char *statistic_v1, const char *file_v2,
                                      int64_t bound) {
    struct smallest smallest = {.value = UNKNOWN};
    strcpy(smallest.folder, container_memory.group);
    if (container_memory.version != 0) {
        smallest.file = either(file_v1, file_v2);
        smallest.statistic = either(statistic_v1, NULL);
        climb(&container_memory, visit_memory, &smallest);
    }
    if (smallest.value >= bound || smallest.value == UNLIMITED) {
        smallest.value = UNLIMITED;
        strcpy(smallest.folder, container_memory.group);
    }
    return smallest;
}

static int64_t host_memory(void) {
    return (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
}

static struct smallest memory_limit(void) {
    return smallest_limit("memory.limit_in_bytes", "hierarchical_memory_limit", "memory.max", host_memory());
}

/* A quota of half as much again as the period are two processors: rounded up, never none. */
static void visit_quota(const char *folder, void *state) {
    int64_t quota, period;
    if (container_cpu.version == 1) {
        quota = read_number(folder, "cpu.cfs_quota_us");
        period = read_number(folder, "cpu.cfs_period_us");
    } else {
        char text[64];
        if (!read_text(folder, "cpu.max", text, sizeof text)) {
            return;
        }
        char *blank = strchr(text, ' ');
        quota = number(text);
        period = blank == NULL ? UNKNOWN : number(blank + 1);
    }
    if (quota > 0 && period > 0) {
        int64_t processors = (quota + period - 1) / period;
        int64_t *smallest = state;
        *smallest = processors < *smallest ? processors : *smallest;
    }
}

int svm_container_active_processor_count(void) {
    int64_t processors = available_processors();
    if (container_cpu.version != 0) {
        climb(&container_cpu, visit_quota, &processors);
    }
    return (int)processors;
}

int64_t svm_container_memory_limit_in_bytes(void) {
    return memory_limit().value;
}

/* Container runtimes mount the hierarchies read-only; elsewhere (a systemd slice) a limit tells. */
int svm_container_initialize(int version) {
    if (version != INTERFACE_VERSION) {
        return version > INTERFACE_VERSION ? LIBRARY_TOO_OLD : LIBRARY_TOO_NEW;
    }
    container_find_groups();
    int is_read_only = container_memory.version != 0 && container_memory.is_read_only
            && container_cpu.version != 0 && container_cpu.is_read_only;
    int is_limited = svm_container_memory_limit_in_bytes() > 0
            || svm_container_active_processor_count() < available_processors();
    return is_read_only || is_limited ? CONTAINERIZED : NOT_CONTAINERIZED;
}

uint64_t svm_container_physical_memory(void) {
    int64_t limit = memory_limit().value;
    return (uint64_t)(limit > 0 ? limit : host_memory());
}

/* Version 2 limits swap by itself, version 1 the sum. Without swap the sum is the memory. */
int64_t svm_container_memory_and_swap_limit_in_bytes(void) {
    struct sysinfo system = {0};
    sysinfo(&system);
    int64_t host_total = host_memory() + (int64_t)system.totalswap * system.mem_unit;
    int64_t memory_bytes = memory_limit().value;
    int has_sum = container_memory.version == 1;
    int64_t value = smallest_limit("memory.memsw.limit_in_bytes", "hierarchical_memsw_limit", "memory.swap.max",
                                   has_sum ? host_total : INT64_MAX).value;
    if (value == UNKNOWN
            || (has_sum && value >= 0 && read_number(container_memory.group, "memory.swappiness") == 0)) {
        return memory_bytes;
    }
    if (has_sum || value == UNLIMITED) {
        return value;
    }
    return memory_bytes >= 0 ? memory_bytes + value : UNLIMITED;
}

int64_t svm_container_memory_soft_limit_in_bytes(void) {
    int64_t value = read_number(container_memory.group, either("memory.soft_limit_in_bytes", "memory.low"));
    return value >= host_memory() ? UNLIMITED : value;
}

/* Use is that of the group that has the limit, for the two are compared. */
int64_t svm_container_memory_usage_in_bytes(void) {
    return read_number(memory_limit().folder, either("memory.usage_in_bytes", "memory.current"));
}

int64_t svm_container_memory_max_usage_in_bytes(void) {
    return read_number(memory_limit().folder, either("memory.max_usage_in_bytes", "memory.peak"));
}

int64_t svm_container_rss_usage_in_bytes(void) {
    return read_statistic(memory_limit().folder, either("rss", "anon"));
}

int64_t svm_container_cache_usage_in_bytes(void) {
    return read_statistic(memory_limit().folder, either("cache", "file"));
}
