/* Features from the auxiliary vector's words. */
#define _GNU_SOURCE
#include "../chelper_cpu_aarch64.c"

#include "check.h"

#define FIELD(name) offsetof(CPUFeatures, f##name)

static const struct {
    const char *name;
    unsigned long hwcap, hwcap2;
    size_t field;
    int expected;
} cases[] = {
    {"nothing", 0, 0, FIELD(ASIMD), 0},
    {"ASIMD", HWCAP_ASIMD, 0, FIELD(ASIMD), 1},
    {"LSE", HWCAP_ATOMICS, 0, FIELD(LSE), 1},
    {"PACA", HWCAP_PACA, 0, FIELD(PACA), 1},
    {"SVE is not SVE2", HWCAP_SVE, 0, FIELD(SVE2), 0},
    {"SVE2", HWCAP_SVE, HWCAP2_SVE2, FIELD(SVE2), 1},
    {"a bit of the second word alone", 0, HWCAP_FP, FIELD(FP), 0},
    {"what all processors can run", 0, 0, FIELD(A53MAC), 1},
};

static void features_follow_from_the_words(void) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        CPUFeatures features;
        features_of(cases[i].hwcap, cases[i].hwcap2, &features);
        check_number(cases[i].name, cases[i].expected, ((unsigned char *)&features)[cases[i].field]);
    }
}

static void every_field_has_a_rule(void) {
    CPUFeatures features;
    features_of(~0UL, ~0UL, &features);
    for (size_t i = 0; i < sizeof features; i++) {
        check_number("a field", 1, ((unsigned char *)&features)[i]);
    }
}

static void every_processor_has_what_armv8_demands(void) {
    CPUFeatures features;
    determineCPUFeatures(&features);
    check_number("FP", 1, features.fFP);
    check_number("ASIMD", 1, features.fASIMD);
}

int main(void) {
    features_follow_from_the_words();
    every_field_has_a_rule();
    every_processor_has_what_armv8_demands();
    return summary();
}
