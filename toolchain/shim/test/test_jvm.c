/* HotSpot's functions. */
#define _GNU_SOURCE
#include "../jvm.c"

#include <sys/wait.h>

#include "check.h"

static void output_that_does_not_fit_is_cut_and_refused(void) {
    static const struct {
        const char *text;
        size_t size;
        int length;
        const char *expected;
    } rows[] = {
        {"abc", 8, 3, "abc"}, {"abc", 4, 3, "abc"}, {"abc", 3, -1, "ab"}, {"abc", 1, -1, ""},
        {"", 1, 0, ""}, {"abc", 0, -1, "?"}, {"abc", (size_t)INT_MAX + 1, -1, "?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char buffer[16] = "?";
        check_number("jio_snprintf", rows[i].length, jio_snprintf(buffer, rows[i].size, "%s", rows[i].text));
        check_text("jio_snprintf", rows[i].expected, buffer);
    }
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    check_number("jio_fprintf", 7, jio_fprintf(memory, "%d %s", 42, "text"));
    fclose(memory);
    check_text("jio_fprintf", "42 text", text);
    free(text);
}

static void clocks_run_forward(void) {
    int64_t last = JVM_NanoTime(NULL, NULL), start = last;
    int backwards = 0, distinct = 0;
    for (int i = 0; i < 100000; i++) {
        int64_t now = JVM_NanoTime(NULL, NULL);
        backwards += now < last;
        distinct += now != last;
        last = now;
    }
    check_number("steps back", 0, backwards);
    CHECK("finer than a microsecond", distinct > 0 && (last - start) / distinct < 10000);
    time_t seconds = time(NULL);
    int64_t millis = JVM_CurrentTimeMillis(NULL, NULL);
    CHECK("wall clock", millis >= seconds * INT64_C(1000) && millis < (seconds + 5) * INT64_C(1000));
}

static void the_last_error_is_described(void) {
    char buffer[64];
    errno = 0;
    check_number("no error", 0, JVM_GetLastErrorString(buffer, sizeof buffer));
    errno = ENOENT;
    int length = JVM_GetLastErrorString(buffer, sizeof buffer);
    check_text("message", strerror(ENOENT), buffer);
    check_number("length", (int64_t)strlen(buffer), length);
    check_number("errno is kept", ENOENT, errno);
    check_number("cut", 3, JVM_GetLastErrorString(buffer, 4));
    check_number("cut text", 3, (int64_t)strlen(buffer));
    check_number("no room", 0, JVM_GetLastErrorString(buffer, 0));
}

static void the_process_halts_without_cleaning_up(void) {
    pid_t child = fork();
    if (child == 0) {
        atexit(abort);
        JVM_Halt(42);
    }
    int status;
    waitpid(child, &status, 0);
    CHECK("JVM_Halt", WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

static void processors_are_those_this_process_may_use(void) {
    int count = JVM_ActiveProcessorCount();
    CHECK("processors", count >= 1 && count <= sysconf(_SC_NPROCESSORS_CONF));
    cpu_set_t all, one;
    sched_getaffinity(0, sizeof all, &all);
    CPU_ZERO(&one);
    for (int i = 0; i < CPU_SETSIZE; i++) {
        if (CPU_ISSET(i, &all)) {
            CPU_SET(i, &one);
            break;
        }
    }
    sched_setaffinity(0, sizeof one, &one);
    check_number("one processor", 1, JVM_ActiveProcessorCount());
    sched_setaffinity(0, sizeof all, &all);
    check_number("all processors", count, JVM_ActiveProcessorCount());
}

static void libnet_finds_inet_pton(void) {
    CHECK("inet_pton", JVM_FindLibraryEntry(RTLD_DEFAULT, "inet_pton") != NULL);
    CHECK("nothing of that name", JVM_FindLibraryEntry(RTLD_DEFAULT, "no_such_function_here") == NULL);
}

int main(void) {
    initialize();
    output_that_does_not_fit_is_cut_and_refused();
    clocks_run_forward();
    the_last_error_is_described();
    the_process_halts_without_cleaning_up();
    processors_are_those_this_process_may_use();
    libnet_finds_inet_pton();
    return summary();
}
