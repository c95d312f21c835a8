/* Signals under load: whatever is raised is taken, once. */
#include "../chelper_signal.c"

#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

enum { RAISERS = 4, ROUNDS = 20000 };

static const int raised_signals[] = {SIGUSR1, SIGUSR2, SIGHUP, SIGTERM};
static atomic_int stopping;
static int64_t taken[NSIG];

static void install(int number) {
    struct sigaction action = {.sa_handler = cSunMiscSignal_signalHandlerFunctionPointer(), .sa_flags = SA_RESTART};
    sigaction(number, &action, NULL);
}

/* As the image's dispatcher: one signal per wake-up, until a wake-up without a signal ends it. */
static void *dispatch(void *unused) {
    while (cSunMiscSignal_awaitSemaphore() == 0) {
        int number = cSunMiscSignal_checkPendingSignal();
        if (number >= 0) {
            taken[number]++;
        } else if (atomic_load(&stopping)) {
            break;
        }
    }
    return unused;
}

/* raise() returns after the handler, so the kernel has no chance to merge two of a number. */
static void *raise_all(void *signal_number) {
    for (int i = 0; i < ROUNDS; i++) {
        raise(*(const int *)signal_number);
        if (i % 64 == 0) {
            raise(SIGINT);
        }
    }
    return NULL;
}

static void a_flood_loses_none(void) {
    pthread_t dispatcher, raisers[RAISERS];
    check_number("open", 0, cSunMiscSignal_open());
    for (int i = 0; i < RAISERS; i++) {
        install(raised_signals[i]);
    }
    install(SIGINT);
    atomic_store(&stopping, 0);
    pthread_create(&dispatcher, NULL, dispatch, NULL);
    for (int i = 0; i < RAISERS; i++) {
        pthread_create(&raisers[i], NULL, raise_all, (void *)&raised_signals[i]);
    }
    for (int i = 0; i < RAISERS; i++) {
        pthread_join(raisers[i], NULL);
    }
    atomic_store(&stopping, 1);
    cSunMiscSignal_signalSemaphore();
    pthread_join(dispatcher, NULL);
    for (int i = 0; i < RAISERS; i++) {
        check_number("taken", ROUNDS, taken[raised_signals[i]]);
    }
    check_number("taken from all threads", RAISERS * ((ROUNDS + 63) / 64), taken[SIGINT]);
    check_number("close", 0, cSunMiscSignal_close());
}

static void signals_of_another_process_are_counted(void) {
    cSunMiscSignal_open();
    install(SIGRTMIN);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 100; i++) {
            sigqueue(parent, SIGRTMIN, (union sigval){.sival_int = i});
        }
        _exit(0);
    }
    int count = 0;
    while (count < 100 && cSunMiscSignal_awaitSemaphore() == 0) {
        count += cSunMiscSignal_checkPendingSignal() == SIGRTMIN;
    }
    while (waitpid(child, NULL, 0) == -1 && errno == EINTR) {
    }
    check_number("queued by another process", 100, count);
    check_number("no more", -1, cSunMiscSignal_checkPendingSignal());
    cSunMiscSignal_close();
}

static void none_waits_behind_a_flood_of_another(void) {
    cSunMiscSignal_open();
    for (int i = 0; i < 10; i++) {
        raise(SIGHUP);
    }
    raise(SIGTERM);
    int first = cSunMiscSignal_checkPendingSignal();
    int second = cSunMiscSignal_checkPendingSignal();
    CHECK("SIGTERM is one of the first two", first == SIGTERM || second == SIGTERM);
    cSunMiscSignal_close();
}

static void one_isolate_at_a_time_has_the_signals(void) {
    check_number("first", 0, cSunMiscSignal_open());
    check_number("second", 1, cSunMiscSignal_open());
    raise(SIGUSR1);
    cSunMiscSignal_close();
    check_number("after close", 0, cSunMiscSignal_open());
    check_number("nothing is left over", -1, cSunMiscSignal_checkPendingSignal());
    cSunMiscSignal_signalSemaphore();
    check_number("a wake-up is left", 0, cSunMiscSignal_awaitSemaphore());
    cSunMiscSignal_close();
}

static void the_handler_keeps_errno(void) {
    errno = ENOTTY;
    raise(SIGUSR1);
    check_number("errno", ENOTTY, errno);
}

static int64_t now_millis(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *end_installation(void *unused) {
    nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    cSunMiscSignal_signalHandlerFunctionPointer();
    return unused;
}

static void one_that_is_being_installed_waits(void) {
    pthread_t next;
    cSunMiscSignal_open();
    install(SIGTERM);
    cSunMiscSignal_signalRangeCheck(SIGTERM);
    raise(SIGTERM);
    int64_t start = now_millis();
    pthread_create(&next, NULL, end_installation, NULL);
    check_number("taken", SIGTERM, cSunMiscSignal_checkPendingSignal());
    CHECK("it waited for the next installation", now_millis() - start >= 4);
    pthread_join(next, NULL);
    cSunMiscSignal_signalRangeCheck(SIGTERM);
    raise(SIGTERM);
    start = now_millis();
    check_number("taken without another installation", SIGTERM, cSunMiscSignal_checkPendingSignal());
    CHECK("it waited for a while", now_millis() - start >= INSTALLATION_MILLIS - 1);
    cSunMiscSignal_signalHandlerFunctionPointer();
    cSunMiscSignal_close();
}

static void numbers_have_a_range(void) {
    static const struct { int number, expected; } numbers[] = {
        {-1, 0}, {0, 0}, {1, 1}, {SIGTERM, 1}, {64, 1}, {65, 0}, {1000, 0},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        check_number("range", numbers[i].expected, cSunMiscSignal_signalRangeCheck(numbers[i].number));
    }
}

int main(void) {
    a_flood_loses_none();
    signals_of_another_process_are_counted();
    none_waits_behind_a_flood_of_another();
    one_isolate_at_a_time_has_the_signals();
    the_handler_keeps_errno();
    one_that_is_being_installed_waits();
    numbers_have_a_range();
    return summary();
}
