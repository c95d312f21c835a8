/* The processors that the operating system lets this process run on, whatever a control group allows. */
#ifndef PROCESSORS_H
#define PROCESSORS_H

#include <sched.h>
#include <unistd.h>

/* The kernel refuses a mask smaller than its own, whose size it does not tell: sched_getaffinity(2). */
static inline int available_processors(void) {
    for (int processors = 1024; processors <= 1 << 20; processors *= 2) {
        cpu_set_t *set = CPU_ALLOC(processors);
        if (set == NULL) {
            break;
        }
        size_t size = CPU_ALLOC_SIZE(processors);
        int count = sched_getaffinity(0, size, set) == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (count > 0) {
            return count;
        }
    }
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}

#endif
