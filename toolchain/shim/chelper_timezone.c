/*
 * libchelper: the name of the system's time zone, as java.util.TimeZone wants it. TZ comes first, then the link
 * /etc/localtime; where that is a copy of a zone's file, /etc/timezone or a search tells whose.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Tests put a folder before the system's paths. */
#ifndef SYSTEM_ROOT
#define SYSTEM_ROOT ""
#endif

/* Larger than any zone's file; /etc/localtime may be anything. */
enum { MAX_ZONE_FILE = 64 * 1024, MAX_DEPTH = 4 };

struct content {
    size_t size;
    char bytes[MAX_ZONE_FILE];
};

static int read_content(const char *path, struct content *content) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file == -1) {
        return 0;
    }
    struct stat status;
    int complete = 0;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= MAX_ZONE_FILE) {
        content->size = 0;
        ssize_t count;
        while (content->size < sizeof content->bytes
                && (count = read(file, content->bytes + content->size, sizeof content->bytes - content->size)) > 0) {
            content->size += (size_t)count;
        }
        complete = content->size == (size_t)status.st_size;
    }
    close(file);
    return complete;
}

static int has_content(const char *path, const struct content *content) {
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != content->size) {
        return 0;
    }
    struct content *other = malloc(sizeof *other);
    int same = other != NULL && read_content(path, other) && other->size == content->size
            && memcmp(other->bytes, content->bytes, content->size) == 0;
    free(other);
    return same;
}

/* The zone in a path: what follows zoneinfo/, without empty and dot components, or NULL. Cuts the path in place. */
static char *zone_in(char *path) {
    char *zone = strstr(path, "zoneinfo/");
    if (zone == NULL) {
        return NULL;
    }
    zone += strlen("zoneinfo/");
    char *end = zone;
    char *rest = zone;
    for (char *part; (part = strsep(&rest, "/")) != NULL;) {
        if (*part != '\0' && strcmp(part, ".") != 0) {
            size_t length = strlen(part);
            if (end != zone) {
                *end++ = '/';
            }
            memmove(end, part, length + 1);
            end += length;
        }
    }
    return end == zone ? NULL : zone;
}

static int is_hidden_or_alias(const struct dirent *entry) {
    static const char *const skipped[] = {"ROC", "localtime", "posix", "posixrules", "right"};
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
        if (strcmp(entry->d_name, skipped[i]) == 0) {
            return 1;
        }
    }
    return entry->d_name[0] == '.';
}

static int is_candidate(const struct dirent *entry) {
    return !is_hidden_or_alias(entry);
}

/* Sorted, so that of zones with the same rules every run finds the same one. */
static char *search(const char *folder, const struct content *content, int depth) {
    struct dirent **entries;
    int count = depth < MAX_DEPTH ? scandir(folder, &entries, is_candidate, alphasort) : -1;
    char *zone = NULL;
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX];
        struct stat status;
        if (zone == NULL && snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name) < (int)sizeof path
                && stat(path, &status) == 0) {
            if (S_ISDIR(status.st_mode)) {
                zone = search(path, content, depth + 1);
            } else if (has_content(path, content)) {
                char *name = zone_in(path);
                zone = name == NULL ? NULL : strdup(name);
            }
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
    return zone;
}

/* The line of /etc/timezone, a Debian custom, if it can be the name of a zone. */
static int read_timezone_file(char *name, size_t size) {
    FILE *file = fopen(SYSTEM_ROOT "/etc/timezone", "re");
    if (file == NULL) {
        return 0;
    }
    char *line = fgets(name, (int)size, file);
    fclose(file);
    if (line == NULL) {
        return 0;
    }
    line[strcspn(line, " \t\r\n")] = '\0';
    return *line != '\0' && *line != '/' && strstr(line, "..") == NULL;
}

static char *find_copied_zone(void) {
    static const char zones[] = SYSTEM_ROOT "/usr/share/zoneinfo";
    char name[NAME_MAX];
    int is_named = read_timezone_file(name, sizeof name);
    struct content *content = malloc(sizeof *content);
    char *zone = NULL;
    if (content == NULL || !read_content(SYSTEM_ROOT "/etc/localtime", content)) {
        zone = is_named ? strdup(name) : NULL;
    } else {
        const char *likely[] = {is_named ? name : "UTC", "UTC", "GMT"};
        for (int i = 0; i < 3 && zone == NULL; i++) {
            char path[PATH_MAX];
            snprintf(path, sizeof path, "%s/%s", zones, likely[i]);
            zone = has_content(path, content) ? strdup(likely[i]) : NULL;
        }
        zone = zone != NULL ? zone : search(zones, content, 0);
    }
    free(content);
    return zone;
}

static char *find_system_zone(void) {
    char target[PATH_MAX];
    ssize_t length = readlink(SYSTEM_ROOT "/etc/localtime", target, sizeof target - 1);
    if (length > 0) {
        target[length] = '\0';
        char *zone = zone_in(target);
        if (zone != NULL) {
            return strdup(zone);
        }
    }
    return find_copied_zone();
}

/* The value of TZ may have a colon before it and may be the path of a zone's file: tzset(3). */
static char *find_environment_zone(void) {
    const char *value = getenv("TZ");
    if (value == NULL || *value == '\0') {
        return NULL;
    }
    value += *value == ':';
    if (*value == '/') {
        char path[PATH_MAX];
        if (snprintf(path, sizeof path, "%s", value) < (int)sizeof path) {
            char *zone = zone_in(path);
            return zone != NULL ? strdup(zone) : strcmp(value, "/etc/localtime") == 0 ? NULL : strdup(value);
        }
    }
    return strdup(value);
}

/*
 * A name that the caller frees, or NULL where nothing tells. The arguments are Windows' table of names.
 */
char *SVM_FindJavaTZmd(const char *mappings, int length) {
    (void)mappings;
    (void)length;
    static const char prefix[] = "posix/";
    char *zone = find_environment_zone();
    if (zone == NULL) {
        zone = find_system_zone();
    }
    if (zone != NULL && strncmp(zone, prefix, sizeof prefix - 1) == 0) {
        memmove(zone, zone + sizeof prefix - 1, strlen(zone) - sizeof prefix + 2);
    }
    return zone;
}
