/* libchelper: whether what the processor and the operating system support is enough for the image. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chelper_cpu.h"

/* The mask holds 0xFF for every field that the image does not need; a needed one is filled up by the 1 of the host. */
static int is_enough(const CPUFeatures *host, const unsigned char *mask) {
    const unsigned char *fields = (const unsigned char *)host;
    for (size_t i = 0; i < sizeof *host; i++) {
        if ((mask[i] | fields[i]) != 0xFF) {
            return 0;
        }
    }
    return 1;
}

int checkCPUFeatures(const unsigned char *mask) {
    CPUFeatures host;
    determineCPUFeatures(&host);
    return is_enough(&host, mask) ? 0 : 1;
}

int checkCPUFeaturesOrExit(const unsigned char *mask, const char *message) {
    if (checkCPUFeatures(mask) != 0) {
        size_t length = strlen(message);
        fputs(message, stderr);
        if (length == 0 || message[length - 1] != '\n') {
            fputc('\n', stderr);
        }
        exit(1);
    }
    return 0;
}
