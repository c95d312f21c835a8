/*
 * libchelper: what a program that is linked with -uearly_start does before all else. It ends with success on SIGTERM and
 * SIGINT, and is not ended by SIGHUP, SIGUSR1 and SIGUSR2: as process 1 of a container it has no default actions, and the
 * kernel would drop a SIGTERM of its first milliseconds. What the parent ignores stays ignored.
 * SECURITY: closed standard descriptors are opened: the next file or connection would get their numbers, and the log with
 * them.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

char early_start;

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

__attribute__((constructor(101))) static void start_early(void) {
    replace_default(SIGINT, end_with_success);
    replace_default(SIGTERM, end_with_success);
    replace_default(SIGHUP, SIG_IGN);
    replace_default(SIGUSR1, SIG_IGN);
    replace_default(SIGUSR2, SIG_IGN);
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) == -1) {
            /* the lowest free number, which is this one */
            open("/dev/null", O_RDWR);
        }
    }
}
