/*
 * libchelper: signals on their way to Java's handlers. The handler only counts, which POSIX allows in a handler; a
 * Java thread waits for the semaphore and takes one signal per wake-up. Counters, unlike pending bits, lose none.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#ifndef NSIG
#define NSIG 65
#endif

static sem_t semaphore;
static atomic_int owned;
static atomic_uint pending[NSIG];
static atomic_uint last_taken;

/*
 * What Signal.handle is about. It enters a signal in Java's tables only after the system has the handler: one that is
 * dispatched in between finds nothing there, and the exception ends the dispatcher. The call is over when the next one
 * begins, or is taken to be after this time.
 */
static atomic_int being_installed;
enum { INSTALLATION_MILLIS = 20 };

static void drain(void) {
    for (int number = 0; number < NSIG; number++) {
        atomic_store(&pending[number], 0);
    }
    while (sem_trywait(&semaphore) == 0) {
    }
}

/* 0, or 1 if another isolate of this process has the signals, or -1 with errno. */
int cSunMiscSignal_open(void) {
    static atomic_int initialized;
    int expected = 0;
    if (!atomic_compare_exchange_strong(&owned, &expected, 1)) {
        return 1;
    }
    if (!atomic_load(&initialized)) {
        if (sem_init(&semaphore, 0, 0) != 0) {
            atomic_store(&owned, 0);
            return -1;
        }
        atomic_store(&initialized, 1);
    }
    drain();
    return 0;
}

/* The semaphore stays: a handler on another thread may be about to post to it. */
int cSunMiscSignal_close(void) {
    drain();
    atomic_store(&owned, 0);
    return 0;
}

int cSunMiscSignal_awaitSemaphore(void) {
    int result;
    do {
        result = sem_wait(&semaphore);
    } while (result != 0 && errno == EINTR);
    return result;
}

int cSunMiscSignal_signalSemaphore(void) {
    return sem_post(&semaphore);
}

static int is_in_range(int number) {
    return number > 0 && number < NSIG;
}

/* Asked by Signal.handle, just before it gives the system the handler. */
int cSunMiscSignal_signalRangeCheck(int number) {
    atomic_store(&being_installed, number);
    return is_in_range(number);
}

static void await_installation(int number) {
    for (int i = 0; i < INSTALLATION_MILLIS && atomic_load(&being_installed) == number; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    atomic_compare_exchange_strong(&being_installed, &number, 0);
}

/*
 * Takes one of the signals that have come, or -1. The search goes on behind the last one taken, so that a flood of a
 * low number does not keep a SIGTERM waiting.
 */
int cSunMiscSignal_checkPendingSignal(void) {
    unsigned start = atomic_load(&last_taken);
    for (unsigned step = 1; step <= NSIG; step++) {
        unsigned number = (start + step) % NSIG;
        unsigned count = atomic_load(&pending[number]);
        while (count > 0) {
            if (atomic_compare_exchange_weak(&pending[number], &count, count - 1)) {
                atomic_store(&last_taken, number);
                await_installation((int)number);
                return (int)number;
            }
        }
    }
    return -1;
}

static void count_signal(int number) {
    int saved_errno = errno;
    if (is_in_range(number)) {
        atomic_fetch_add(&pending[number], 1);
        sem_post(&semaphore);
    }
    errno = saved_errno;
}

/* Asked by Signal.handle before all else. */
void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int) {
    atomic_store(&being_installed, 0);
    return count_signal;
}
