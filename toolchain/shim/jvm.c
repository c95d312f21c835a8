/*
 * libjvm: those of HotSpot's functions that the JDK's native libraries call and that mean something in an image. The
 * others (of class loading, of the heap) stop with a message: make generates them from what the libraries leave
 * undefined.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "processors.h"

void initialize(void) {
}

int JVM_ActiveProcessorCount(void) {
    return available_processors();
}

/* libnet looks for inet_pton to learn whether there is IPv6; a static executable has no symbols to search. */
void *JVM_FindLibraryEntry(void *handle, const char *name) {
    void *entry = dlsym(handle, name);
    if (entry == NULL && handle == RTLD_DEFAULT && strcmp(name, "inet_pton") == 0) {
        entry = (void *)(uintptr_t)inet_pton;
    }
    return entry;
}

void JVM_Halt(int status) {
    _exit(status);
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

int64_t JVM_CurrentTimeMillis(void *environment, void *ignored) {
    (void)environment;
    (void)ignored;
    return nanoseconds(CLOCK_REALTIME) / 1000000;
}

int64_t JVM_NanoTime(void *environment, void *ignored) {
    (void)environment;
    (void)ignored;
    return nanoseconds(CLOCK_MONOTONIC);
}

/* Writes the last error's message, cut to the buffer; its length, or 0 if there is no error. */
int JVM_GetLastErrorString(char *buffer, int length) {
    int error = errno;
    if (error == 0 || length <= 0) {
        return 0;
    }
    const char *text = strerror(error);
    size_t size = strnlen(text, (size_t)length - 1);
    memcpy(buffer, text, size);
    buffer[size] = '\0';
    errno = error;
    return (int)size;
}

/* As vsnprintf, but what does not fit is -1, and the buffer ends in a zero whatever happens. */
int jio_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments) {
    if (size == 0 || size > INT_MAX) {
        return -1;
    }
    int length = vsnprintf(buffer, size, format, arguments);
    if (length < 0) {
        buffer[size - 1] = '\0';
        return -1;
    }
    return (size_t)length < size ? length : -1;
}

int jio_snprintf(char *buffer, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = jio_vsnprintf(buffer, size, format, arguments);
    va_end(arguments);
    return length;
}

int jio_vfprintf(FILE *file, const char *format, va_list arguments) {
    return vfprintf(file, format, arguments);
}

int jio_fprintf(FILE *file, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(file, format, arguments);
    va_end(arguments);
    return length;
}
