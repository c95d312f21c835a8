/* Features from CPUID words, and the real processor against the kernel's view of it. */
#define _GNU_SOURCE
#include "../chelper_cpu_amd64.c"

#include <stdio.h>

#include "check.h"

#define FIELD(name) offsetof(CPUFeatures, f##name)
#define INTEL_EBX {LEAF_0_EBX, signature_INTEL_ebx}
#define AMD_EBX {LEAF_0_EBX, signature_AMD_ebx}
#define AVX_BITS {LEAF_1_ECX, 1u << 28 | 1u << 27}

static const struct {
    const char *name;
    struct { enum word word; uint32_t value; } words[8];
    size_t field;
    int expected;
} cases[] = {
    {"nothing", {{XCR0, 0}}, FIELD(SSE2), 0},
    {"SSE2", {{LEAF_1_EDX, 1u << 26}}, FIELD(SSE2), 1},
    {"SSE4.2", {{LEAF_1_ECX, 1u << 20}}, FIELD(SSE4_2), 1},
    {"CX8", {{LEAF_1_EDX, 1u << 8}}, FIELD(CX8), 1},
    {"AVX without the system's help", {AVX_BITS}, FIELD(AVX), 0},
    {"AVX with half of its state", {AVX_BITS, {XCR0, 0x02}}, FIELD(AVX), 0},
    {"AVX", {AVX_BITS, {XCR0, 0x07}}, FIELD(AVX), 1},
    {"VZEROUPPER", {AVX_BITS, {XCR0, 0x07}}, FIELD(VZEROUPPER), 1},
    {"AVX2 without AVX", {{LEAF_7_EBX, 1u << 5}, {XCR0, 0x07}}, FIELD(AVX2), 0},
    {"AVX2", {AVX_BITS, {LEAF_7_EBX, 1u << 5}, {XCR0, 0x07}}, FIELD(AVX2), 1},
    {"AVX-IFMA without AVX2", {AVX_BITS, {LEAF_7_1_EAX, 1u << 23}, {XCR0, 0x07}}, FIELD(AVX_IFMA), 0},
    {"AVX-IFMA", {AVX_BITS, {LEAF_7_EBX, 1u << 5}, {LEAF_7_1_EAX, 1u << 23}, {XCR0, 0x07}}, FIELD(AVX_IFMA), 1},
    {"AVX-512 with AVX state only", {AVX_BITS, {LEAF_7_EBX, 1u << 16}, {XCR0, 0x07}}, FIELD(AVX512F), 0},
    {"AVX-512 without its upper registers", {AVX_BITS, {LEAF_7_EBX, 1u << 16}, {XCR0, 0x67}}, FIELD(AVX512F), 0},
    {"AVX-512", {AVX_BITS, {LEAF_7_EBX, 1u << 16}, {XCR0, 0xE7}}, FIELD(AVX512F), 1},
    {"AVX-512BW without F", {AVX_BITS, {LEAF_7_EBX, 1u << 30}, {XCR0, 0xE7}}, FIELD(AVX512BW), 0},
    {"AVX-512BW", {AVX_BITS, {LEAF_7_EBX, 1u << 30 | 1u << 16}, {XCR0, 0xE7}}, FIELD(AVX512BW), 1},
    {"VAES", {AVX_BITS, {LEAF_7_EBX, 1u << 16}, {LEAF_7_ECX, 1u << 9}, {XCR0, 0xE7}}, FIELD(AVX512_VAES), 1},
    {"AVX10.1 of Intel", {INTEL_EBX, AVX_BITS, {LEAF_7_1_EDX, 1u << 19}, {LEAF_24_EBX, 1u << 18 | 1}, {XCR0, 0xE7}},
     FIELD(AVX10_1), 1},
    {"AVX10.1 has AVX-512", {INTEL_EBX, AVX_BITS, {LEAF_7_1_EDX, 1u << 19}, {LEAF_24_EBX, 1u << 18 | 1}, {XCR0, 0xE7}},
     FIELD(AVX512VL), 1},
    {"AVX10.1 is not 2", {INTEL_EBX, AVX_BITS, {LEAF_7_1_EDX, 1u << 19}, {LEAF_24_EBX, 1u << 18 | 1}, {XCR0, 0xE7}},
     FIELD(AVX10_2), 0},
    {"AVX10.2", {INTEL_EBX, AVX_BITS, {LEAF_7_1_EDX, 1u << 19}, {LEAF_24_EBX, 1u << 18 | 2}, {XCR0, 0xE7}},
     FIELD(AVX10_2), 1},
    {"AVX10 of 256 bits", {INTEL_EBX, AVX_BITS, {LEAF_7_1_EDX, 1u << 19}, {LEAF_24_EBX, 1}, {XCR0, 0xE7}},
     FIELD(AVX10_1), 0},
    {"APX without its state", {{LEAF_7_1_EDX, 1u << 21}, {LEAF_29_EBX, 1}}, FIELD(APX_F), 0},
    {"APX", {{LEAF_7_1_EDX, 1u << 21}, {LEAF_29_EBX, 1}, {XCR0, 1u << 19}}, FIELD(APX_F), 1},
    {"SSE4A of AMD", {AMD_EBX, {EXT_1_ECX, 1u << 6}}, FIELD(SSE4A), 1},
    {"SSE4A of others", {INTEL_EBX, {EXT_1_ECX, 1u << 6}}, FIELD(SSE4A), 0},
    {"3DNow of AMD", {AMD_EBX, {EXT_1_EDX, 1u << 31}}, FIELD(AMD_3DNOW_PREFETCH), 1},
    {"SERIALIZE of Intel", {INTEL_EBX, {LEAF_7_EDX, 1u << 14}}, FIELD(SERIALIZE), 1},
    {"SERIALIZE of others", {AMD_EBX, {LEAF_7_EDX, 1u << 14}}, FIELD(SERIALIZE), 0},
    {"LZCNT", {{EXT_1_ECX, 1u << 5}}, FIELD(LZCNT), 1},
    {"threads, Intel", {INTEL_EBX, {LEAF_B_EBX, 2}}, FIELD(HT), 1},
    {"one thread, Intel", {INTEL_EBX, {LEAF_B_EBX, 1}, {LEAF_1_EDX, 1u << 28}}, FIELD(HT), 0},
    {"threads, Zen", {AMD_EBX, {LEAF_1_EAX, 0x00800F00}, {LEAF_1_EDX, 1u << 28}, {EXT_1E_EBX, 1u << 8}}, FIELD(HT), 1},
    {"one thread, Zen", {AMD_EBX, {LEAF_1_EAX, 0x00800F00}, {LEAF_1_EDX, 1u << 28}}, FIELD(HT), 0},
    {"synchronous time stamps, Zen", {AMD_EBX, {LEAF_1_EAX, 0x00800F00}, {EXT_7_EDX, 1u << 8}}, FIELD(TSCINV), 1},
    {"synchronous time stamps, AMD 11h", {AMD_EBX, {LEAF_1_EAX, 0x00200F00}, {EXT_7_EDX, 1u << 8}}, FIELD(TSCINV), 0},
    {"synchronous time stamps, Sandy Bridge EP", {INTEL_EBX, {LEAF_1_EAX, 0x000206D0}, {EXT_7_EDX, 1u << 8}},
     FIELD(TSCINV), 1},
    {"no such time stamps, Skylake", {INTEL_EBX, {LEAF_1_EAX, 0x00050650}, {EXT_7_EDX, 1u << 8}}, FIELD(TSCINV), 0},
};

static void features_follow_from_the_words(void) {
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t words[WORDS] = {0};
        CPUFeatures features;
        for (size_t w = 0; w < COUNT(cases[i].words); w++) {
            words[cases[i].words[w].word] |= cases[i].words[w].value;
        }
        features_of(words, &features);
        check_number(cases[i].name, cases[i].expected, ((unsigned char *)&features)[cases[i].field]);
    }
}

static const struct {
    const char *flag;
    size_t field;
} kernel_flags[] = {
    {"cx8", FIELD(CX8)}, {"cmov", FIELD(CMOV)}, {"fxsr", FIELD(FXSR)}, {"mmx", FIELD(MMX)}, {"sse", FIELD(SSE)},
    {"sse2", FIELD(SSE2)}, {"pni", FIELD(SSE3)}, {"ssse3", FIELD(SSSE3)}, {"sse4_1", FIELD(SSE4_1)},
    {"sse4_2", FIELD(SSE4_2)}, {"popcnt", FIELD(POPCNT)}, {"abm", FIELD(LZCNT)}, {"tsc", FIELD(TSC)},
    {"avx", FIELD(AVX)}, {"avx2", FIELD(AVX2)}, {"aes", FIELD(AES)}, {"erms", FIELD(ERMS)},
    {"pclmulqdq", FIELD(CLMUL)}, {"bmi1", FIELD(BMI1)}, {"bmi2", FIELD(BMI2)}, {"adx", FIELD(ADX)},
    {"fma", FIELD(FMA)}, {"f16c", FIELD(F16C)}, {"sha_ni", FIELD(SHA)}, {"clflush", FIELD(FLUSH)},
    {"clflushopt", FIELD(FLUSHOPT)}, {"clwb", FIELD(CLWB)}, {"rdtscp", FIELD(RDTSCP)}, {"rdpid", FIELD(RDPID)},
    {"hypervisor", FIELD(HV)}, {"avx512f", FIELD(AVX512F)}, {"avx512bw", FIELD(AVX512BW)},
    {"avx512vl", FIELD(AVX512VL)}, {"avx512dq", FIELD(AVX512DQ)}, {"avx512cd", FIELD(AVX512CD)},
    {"avx512_vnni", FIELD(AVX512_VNNI)}, {"avx512_bitalg", FIELD(AVX512_BITALG)}, {"gfni", FIELD(GFNI)},
    {"fsrm", FIELD(FSRM)},
};

static int has_flag(const char *line, const char *flag) {
    char word[32];
    snprintf(word, sizeof word, " %s ", flag);
    return strstr(line, word) != NULL;
}

/* Hypervisors may hide a flag from the kernel that CPUID has, but none is there that CPUID has not. */
static void what_the_kernel_sees_is_found(void) {
    FILE *file = fopen("/proc/cpuinfo", "r");
    static char line[16384];
    while (file != NULL && fgets(line, sizeof line, file) != NULL && strncmp(line, "flags", 5) != 0) {
    }
    if (file != NULL) {
        fclose(file);
    }
    CHECK("/proc/cpuinfo", strncmp(line, "flags", 5) == 0);
    CPUFeatures features;
    determineCPUFeatures(&features);
    line[strcspn(line, "\n")] = ' ';
    for (size_t i = 0; i < COUNT(kernel_flags); i++) {
        if (has_flag(line, kernel_flags[i].flag)) {
            check_number(kernel_flags[i].flag, 1, ((unsigned char *)&features)[kernel_flags[i].field]);
        }
    }
    /* Zen 3 has it without AVX-512, of which HotSpot's feature is a part. */
    if (has_flag(line, "vaes")) {
        check_number("vaes", has_flag(line, "avx512f"), ((unsigned char *)&features)[FIELD(AVX512_VAES)]);
    }
}

/* All fields of the generated header, as the runner found them. */
static const struct {
    const char *name;
    size_t field;
} fields[] = {
#define X(name) {#name, FIELD(name)},
#include CPU_FIELDS
#undef X
};

static void what_hotspot_sees_is_found(void) {
    CPUFeatures features;
    determineCPUFeatures(&features);
    FILE *file = fopen(HOTSPOT_FEATURES, "r");
    char line[64];
    int count = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        size_t i = 0;
        while (i < COUNT(fields) && strcmp(fields[i].name, line) != 0) {
            i++;
        }
        check_number(line, 1, i < COUNT(fields) ? ((unsigned char *)&features)[fields[i].field] : -1);
        count++;
    }
    if (file != NULL) {
        fclose(file);
    }
    CHECK("HotSpot's features", count > 5);
}

static int can_be_found(size_t field) {
    for (size_t i = 0; i < COUNT(rules); i++) {
        if (rules[i].field == field) {
            return 1;
        }
    }
    return field == FIELD(AVX10_1) || field == FIELD(AVX10_2) || field == FIELD(APX_F) || field == FIELD(HT)
            || field == FIELD(TSCINV);
}

static void every_field_has_a_rule(void) {
    check_number("fields", sizeof(CPUFeatures), COUNT(fields));
    for (size_t i = 0; i < COUNT(fields); i++) {
        check_result(can_be_found(fields[i].field), fields[i].name, "no rule");
    }
}

int main(void) {
    features_follow_from_the_words();
    what_the_kernel_sees_is_found();
    what_hotspot_sees_is_found();
    every_field_has_a_rule();
    return summary();
}
