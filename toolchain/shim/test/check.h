/* A test program's runner: checks count, say what was expected where they fail, and the counts end the program. */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int passed, failed;

static inline void check_result(int holds, const char *name, const char *detail) {
    if (holds) {
        passed++;
    } else {
        failed++;
        fprintf(stderr, "FAILED %s: %s\n", name, detail);
    }
}

/* A condition that needs no more than its own text as a message. */
#define CHECK(name, condition) check_result((condition) != 0, name, #condition)

static inline void check_number(const char *name, int64_t expected, int64_t actual) {
    char detail[96];
    snprintf(detail, sizeof detail, "expected %" PRId64 " but was %" PRId64, expected, actual);
    check_result(expected == actual, name, detail);
}

static inline void check_text(const char *name, const char *expected, const char *actual) {
    char detail[512];
    snprintf(detail, sizeof detail, "expected %.200s but was %.200s", expected ? expected : "NULL",
             actual ? actual : "NULL");
    check_result(expected == NULL || actual == NULL ? expected == actual : strcmp(expected, actual) == 0, name, detail);
}

static inline int summary(void) {
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}

#endif
