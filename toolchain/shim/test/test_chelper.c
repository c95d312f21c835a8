/* The fronts of system calls. */
#include "../chelper.c"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "check.h"

static void the_environment_is_the_one_that_setenv_changes(void) {
    setenv("SHIM_TEST", "seen", 1);
    int found = 0;
    for (char **entry = getEnviron(); *entry != NULL; entry++) {
        found |= strcmp(*entry, "SHIM_TEST=seen") == 0;
    }
    CHECK("getEnviron", found);
}

static void the_main_thread_has_the_number_of_the_process(void) {
    check_number("getThreadId", getpid(), getThreadId());
}

static int64_t user_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void user_time_grows_with_work(void) {
    int64_t before = getThreadUserTimeSlow(getThreadId());
    int64_t start = user_time();
    volatile unsigned long sum = 0;
    while (user_time() - start < 200 * INT64_C(1000000)) {
        for (int i = 0; i < 100000; i++) {
            sum += (unsigned long)i;
        }
    }
    int64_t grown = getThreadUserTimeSlow(getThreadId()) - before;
    CHECK("getThreadUserTimeSlow counts", before >= 0 && grown >= 100 * INT64_C(1000000));
    check_number("getThreadUserTimeSlow of no thread", -1, getThreadUserTimeSlow(0x7FFFFFF0));
}

static void a_mapping_grows_and_keeps_its_bytes(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *small = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(small, "kept");
    char *large = mremapP(small, page, 4 * page, MREMAP_MAYMOVE, NULL);
    CHECK("mremapP", large != MAP_FAILED && strcmp(large, "kept") == 0);
    large[4 * page - 1] = 'x';
    char *target = mmap(NULL, 4 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *moved = mremapP(large, 4 * page, 4 * page, MREMAP_MAYMOVE | MREMAP_FIXED, target);
    CHECK("mremapP to an address", moved == target && target[4 * page - 1] == 'x');
    munmap(target, 4 * page);
}

static void files_open_with_flags_and_mode(void) {
    char folder[] = "/tmp/shim-open-XXXXXX";
    char path[64];
    CHECK("mkdtemp", mkdtemp(folder) != NULL);
    umask(0);
    snprintf(path, sizeof path, "%s/file", folder);
    int file = openSII(path, O_CREAT | O_EXCL | O_WRONLY, 0640);
    struct stat status;
    CHECK("openSII", file >= 0 && fstat(file, &status) == 0);
    check_number("openSII mode", 0640, status.st_mode & 07777);
    close(file);
    check_number("openSII existing", -1, openSII(path, O_CREAT | O_EXCL | O_WRONLY, 0640));
    int parent = openSII(folder, O_RDONLY | O_DIRECTORY, 0);
    int child = openatISII(parent, "file", O_RDONLY, 0);
    CHECK("openatISII", child >= 0);
    check_number("openatISII missing", -1, openatISII(parent, "none", O_RDONLY, 0));
    close(child);
    close(parent);
    unlink(path);
    rmdir(folder);
}

static void a_message_is_formatted(void) {
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    check_number("fprintfSD length", 10, fprintfSD(memory, "%s: %d", "status", 13));
    fclose(memory);
    check_text("fprintfSD", "status: 13", text);
    free(text);
}

int main(void) {
    the_environment_is_the_one_that_setenv_changes();
    the_main_thread_has_the_number_of_the_process();
    user_time_grows_with_work();
    a_mapping_grows_and_keeps_its_bytes();
    files_open_with_flags_and_mode();
    a_message_is_formatted();
    codeSynchronization_clearCache((int64_t)(intptr_t)main, (int64_t)(intptr_t)main + 16);
    return summary();
}
