/* Signals that come before main, and what the parent had ignored. */
#include "../chelper_early_signals.c"

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
    handle_early_signals();
    check_number("exit code", 42, WEXITSTATUS(status_after(SIGINT)));
    signal(SIGINT, SIG_DFL);
    handle_early_signals();
    check_number("exit code", 0, WEXITSTATUS(status_after(SIGINT)));
}

int main(void) {
    a_signal_ends_it_with_success_or_is_ignored();
    what_is_ignored_stays_ignored();
    return summary();
}
