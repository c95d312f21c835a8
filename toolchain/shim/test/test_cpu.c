/* The check at an image's start, for either architecture. */
#define _GNU_SOURCE
#include "../chelper_cpu.c"
#include "../chelper_cpu_aarch64.c"
#include "../chelper_cpu_amd64.c"

#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#ifdef __aarch64__
#define COMMON_FIELD offsetof(CPUFeatures, fASIMD)
#else
#define COMMON_FIELD offsetof(CPUFeatures, fSSE2)
#endif

static void a_mask_asks_for_its_cleared_fields(void) {
    unsigned char mask[sizeof(CPUFeatures)];
    CPUFeatures none;
    memset(&none, 0, sizeof none);
    memset(mask, 0xFF, sizeof mask);
    check_number("no need", 0, checkCPUFeatures(mask));
    CHECK("no need, no feature", is_enough(&none, mask));
    mask[COMMON_FIELD] = 0xFE;
    check_number("a need that every processor meets", 0, checkCPUFeatures(mask));
    CHECK("a need that is not met", !is_enough(&none, mask));
    ((unsigned char *)&none)[COMMON_FIELD] = 1;
    CHECK("a need that is met", is_enough(&none, mask));
    memset(mask, 0xFE, sizeof mask);
    check_number("more than any processor has", 1, checkCPUFeatures(mask));
}

/* The output and exit status of a process that finds the mask not met. */
static int refuse(const char *message, char *output, size_t size) {
    int pipes[2];
    if (pipe(pipes) != 0) {
        return -1;
    }
    pid_t child = fork();
    if (child == 0) {
        unsigned char mask[sizeof(CPUFeatures)];
        memset(mask, 0xFE, sizeof mask);
        dup2(pipes[1], STDERR_FILENO);
        checkCPUFeaturesOrExit(mask, message);
        _exit(99);
    }
    close(pipes[1]);
    ssize_t length = 0, count;
    while ((count = read(pipes[0], output + length, size - 1 - (size_t)length)) > 0) {
        length += count;
    }
    output[length] = '\0';
    close(pipes[0]);
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_lacking_processor_ends_the_process_with_the_message(void) {
    char output[256];
    check_number("exit status", 1, refuse("The machine lacks AVX.\n", output, sizeof output));
    check_text("message", "The machine lacks AVX.\n", output);
    refuse("no line end", output, sizeof output);
    check_text("message without line end", "no line end\n", output);
    unsigned char mask[sizeof(CPUFeatures)];
    memset(mask, 0xFF, sizeof mask);
    check_number("enough", 0, checkCPUFeaturesOrExit(mask, "must not be seen"));
}

int main(void) {
    a_mask_asks_for_its_cleared_fields();
    a_lacking_processor_ends_the_process_with_the_message();
    return summary();
}
