/* Signals that come before main, and what the parent had ignored or closed. */
#include "../chelper_early_start.c"

#include <sys/wait.h>

#include "check.h"

static int status_after(int number) {
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        raise(number);
        _exit(42);
    }
    waitpid(child, &status, 0);
    return status;
}

static void a_signal_ends_it_with_success_or_is_ignored(void) {
    static const struct { int number, code; } signals[] = {
        {SIGTERM, 0}, {SIGINT, 0}, {SIGHUP, 42}, {SIGUSR1, 42}, {SIGUSR2, 42},
    };
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        int status = status_after(signals[i].number);
        CHECK("exits", WIFEXITED(status));
        check_number("exit code", signals[i].code, WEXITSTATUS(status));
    }
}

static void what_is_ignored_stays_ignored(void) {
    signal(SIGINT, SIG_IGN);
    start_early();
    check_number("exit code", 42, WEXITSTATUS(status_after(SIGINT)));
    signal(SIGINT, SIG_DFL);
    start_early();
    check_number("exit code", 0, WEXITSTATUS(status_after(SIGINT)));
}

static void closed_descriptors_are_opened(void) {
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        close(STDERR_FILENO);
        start_early();
        int next = dup(STDOUT_FILENO);
        _exit(write(STDOUT_FILENO, "x", 1) == 1 && write(STDERR_FILENO, "x", 1) == 1 && next > STDERR_FILENO ? 42 : 1);
    }
    waitpid(child, &status, 0);
    check_number("exit code", 42, WEXITSTATUS(status));
}

int main(void) {
    a_signal_ends_it_with_success_or_is_ignored();
    what_is_ignored_stays_ignored();
    closed_descriptors_are_opened();
    return summary();
}
