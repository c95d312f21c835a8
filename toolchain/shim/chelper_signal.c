/*
 * libchelper: signals on their way to Java's handlers. The handler only counts, which POSIX allows in a handler; a
 * Java thread waits for the semaphore and takes one signal per wake-up. Counters, unlike pending bits, lose none.
 */
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>

#ifndef NSIG
#define NSIG 65
#endif

static sem_t semaphore;
static atomic_int owned;
static atomic_uint pending[NSIG];
static atomic_uint last_taken;

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

int cSunMiscSignal_signalRangeCheck(int number) {
    return number > 0 && number < NSIG;
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
                return (int)number;
            }
        }
    }
    return -1;
}

static void count_signal(int number) {
    int saved_errno = errno;
    if (cSunMiscSignal_signalRangeCheck(number)) {
        atomic_fetch_add(&pending[number], 1);
        sem_post(&semaphore);
    }
    errno = saved_errno;
}

void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int) {
    return count_signal;
}
