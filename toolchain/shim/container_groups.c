/*
 * libsvm_container: finding the control groups of this process, from /proc/self/mountinfo and /proc/self/cgroup.
 */
#define _GNU_SOURCE
#include "container.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct controller container_memory = {.name = "memory"};
struct controller container_cpu = {.name = "cpu"};
static struct controller *const controllers[] = {&container_memory, &container_cpu};

static int is_listed(const char *list, const char *name) {
    size_t length = strlen(name);
    for (const char *at = list; at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, name, length) == 0 && strchr(", \n", at[length]) != NULL) {
            return 1;
        }
    }
    return 0;
}

/* Undoes the octal escapes of blanks in mountinfo: proc(5). */
static void unescape(char *path) {
    char *to = path;
    for (const char *from = path; *from != '\0'; to++) {
        unsigned code;
        if (*from == '\\' && sscanf(from + 1, "%3o", &code) == 1) {
            *to = (char)code;
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

static int is_usual(const char *mount) {
    return strncmp(mount, SYSTEM_ROOT "/sys/fs/cgroup", strlen(SYSTEM_ROOT "/sys/fs/cgroup")) == 0;
}

/* A line of mountinfo: id parent device root mount options tags... - type source super-options */
static void read_mount(char *line) {
    char root[PATH_MAX], mount[PATH_MAX], options[PATH_MAX], type[32], super[PATH_MAX];
    char *behind = strstr(line, " - cgroup");
    if (behind == NULL || sscanf(line, "%*s %*s %*s %4095s %4095s %4095s", root, mount, options) != 3
            || sscanf(behind, " - %31s %*s %4095s", type, super) != 2) {
        return;
    }
    int version = strcmp(type, "cgroup") == 0 ? 1 : strcmp(type, "cgroup2") == 0 ? 2 : 0;
    unescape(root);
    unescape(mount);
    for (size_t i = 0; i < 2; i++) {
        struct controller *controller = controllers[i];
        char path[PATH_MAX];
        if (version == 0 || (version == 1 && !is_listed(super, controller->name))
                || snprintf(path, sizeof path, "%s%s", SYSTEM_ROOT, mount) >= (int)sizeof path) {
            continue;
        }
        int is_better = controller->version == 0 || version < controller->version
                || (version == controller->version && !is_usual(controller->mount) && is_usual(path));
        if (is_better) {
            controller->version = version;
            controller->is_read_only = is_listed(options, "ro");
            strcpy(controller->root, root);
            strcpy(controller->mount, path);
            strcpy(controller->group, path);
        }
    }
}

static int join(char *into, const char *folder, const char *rest) {
    return snprintf(into, PATH_MAX, "%s%s", folder, strcmp(rest, "/") == 0 ? "" : rest) < PATH_MAX;
}

/*
 * The mount may show only a part of the hierarchy, and the process may be in a group that is named from another root
 * (a container's own namespace, or none): the longest end of the group's path that exists below the mount is it.
 */
static void locate(struct controller *controller, const char *group) {
    size_t root_length = strlen(controller->root);
    if (root_length > 1 && strncmp(group, controller->root, root_length) == 0
            && (group[root_length] == '/' || group[root_length] == '\0')) {
        group += root_length;
    }
    if (strstr(group, "/..") == NULL) {
        for (const char *end = group; end != NULL && *end == '/'; end = strchr(end + 1, '/')) {
            if (join(controller->group, controller->mount, end) && access(controller->group, F_OK) == 0) {
                return;
            }
        }
    }
    strcpy(controller->group, controller->mount);
}

/* A line of /proc/self/cgroup: hierarchy:controllers:group, the unified hierarchy with number 0 and no controllers */
static void read_group(char *line) {
    char *list = strchr(line, ':');
    char *group = list == NULL ? NULL : strchr(++list, ':');
    if (group == NULL) {
        return;
    }
    *group++ = '\0';
    group[strcspn(group, "\n")] = '\0';
    for (size_t i = 0; i < 2; i++) {
        struct controller *controller = controllers[i];
        if (controller->version == 1 ? is_listed(list, controller->name)
                : controller->version == 2 && strncmp(line, "0:", 2) == 0) {
            locate(controller, group);
        }
    }
}

static void read_lines(const char *path, void (*read_line)(char *)) {
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    if (file == NULL) {
        return;
    }
    while (getline(&line, &size, file) > 0) {
        read_line(line);
    }
    free(line);
    fclose(file);
}

void container_find_groups(void) {
    for (size_t i = 0; i < 2; i++) {
        controllers[i]->version = 0;
        controllers[i]->group[0] = '\0';
    }
    read_lines(SYSTEM_ROOT "/proc/self/mountinfo", read_mount);
    read_lines(SYSTEM_ROOT "/proc/self/cgroup", read_group);
}
