/*
 * libchelper: a program that is linked with -uearly_signals ends with success on SIGTERM and SIGINT before its main
 * as well, and is not ended by SIGHUP, SIGUSR1 and SIGUSR2. As process 1 of a container it has no default actions: the
 * kernel would drop a SIGTERM of its first milliseconds. What the parent ignores stays ignored.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

char early_signals;

static void end_with_success(int number) {
    (void)number;
    _exit(0);
}

static void replace_default(int number, void (*handler)(int)) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_DFL) {
        action = (struct sigaction){.sa_handler = handler, .sa_flags = SA_RESTART};
        sigaction(number, &action, NULL);
    }
}

__attribute__((constructor)) static void handle_early_signals(void) {
    replace_default(SIGTERM, end_with_success);
    replace_default(SIGINT, end_with_success);
    replace_default(SIGHUP, SIG_IGN);
    replace_default(SIGUSR1, SIG_IGN);
    replace_default(SIGUSR2, SIG_IGN);
}
