/*
 * libchelper: what an x86-64 processor and the operating system support.
 *
 * The rules follow "Intel 64 and IA-32 Architectures Software Developer's Manual" volume 2, CPUID, and AMD's
 * "Architecture Programmer's Manual" volume 3, appendix E. A feature counts only if HotSpot would count it or more
 * broadly: an image built with -march=native demands what HotSpot saw on the machine that built it.
 */
#include "chelper_cpu.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum word {
    LEAF_0_EBX, LEAF_1_EAX, LEAF_1_EBX, LEAF_1_ECX, LEAF_1_EDX, LEAF_7_EBX, LEAF_7_ECX, LEAF_7_EDX,
    LEAF_7_1_EAX, LEAF_7_1_EDX, LEAF_B_EBX, LEAF_24_EBX, LEAF_29_EBX,
    EXT_1_ECX, EXT_1_EDX, EXT_7_EDX, EXT_8_ECX, EXT_1E_EBX, XCR0, WORDS
};

/* What a feature needs besides its bit. */
enum need { NOTHING, AVX_STATE, AVX2_BIT, AVX512_BIT, INTEL, AMD };

struct rule {
    unsigned short field;
    unsigned char word, bit, need;
};

#define RULE(name, word, bit, need) {offsetof(CPUFeatures, f##name), word, bit, need}

static const struct rule rules[] = {
    RULE(TSC, LEAF_1_EDX, 4, NOTHING), RULE(CX8, LEAF_1_EDX, 8, NOTHING), RULE(CMOV, LEAF_1_EDX, 15, NOTHING),
    RULE(FLUSH, LEAF_1_EDX, 19, NOTHING), RULE(MMX, LEAF_1_EDX, 23, NOTHING), RULE(FXSR, LEAF_1_EDX, 24, NOTHING),
    RULE(SSE, LEAF_1_EDX, 25, NOTHING), RULE(SSE2, LEAF_1_EDX, 26, NOTHING),
    RULE(MMX, EXT_1_EDX, 23, AMD), RULE(FXSR, EXT_1_EDX, 24, AMD),

    RULE(SSE3, LEAF_1_ECX, 0, NOTHING), RULE(CLMUL, LEAF_1_ECX, 1, NOTHING), RULE(SSSE3, LEAF_1_ECX, 9, NOTHING),
    RULE(FMA, LEAF_1_ECX, 12, NOTHING), RULE(SSE4_1, LEAF_1_ECX, 19, NOTHING), RULE(SSE4_2, LEAF_1_ECX, 20, NOTHING),
    RULE(POPCNT, LEAF_1_ECX, 23, NOTHING), RULE(AES, LEAF_1_ECX, 25, NOTHING), RULE(HV, LEAF_1_ECX, 31, NOTHING),
    RULE(AVX, LEAF_1_ECX, 28, AVX_STATE), RULE(VZEROUPPER, LEAF_1_ECX, 28, AVX_STATE),
    RULE(F16C, LEAF_1_ECX, 29, AVX_STATE),

    RULE(BMI1, LEAF_7_EBX, 3, NOTHING), RULE(AVX2, LEAF_7_EBX, 5, AVX_STATE), RULE(BMI2, LEAF_7_EBX, 8, NOTHING),
    RULE(ERMS, LEAF_7_EBX, 9, NOTHING), RULE(RTM, LEAF_7_EBX, 11, NOTHING), RULE(ADX, LEAF_7_EBX, 19, NOTHING),
    RULE(FLUSHOPT, LEAF_7_EBX, 23, NOTHING), RULE(CLWB, LEAF_7_EBX, 24, NOTHING), RULE(SHA, LEAF_7_EBX, 29, NOTHING),
    RULE(AVX512F, LEAF_7_EBX, 16, AVX512_BIT), RULE(AVX512DQ, LEAF_7_EBX, 17, AVX512_BIT),
    RULE(AVX512_IFMA, LEAF_7_EBX, 21, AVX512_BIT), RULE(AVX512PF, LEAF_7_EBX, 26, AVX512_BIT),
    RULE(AVX512ER, LEAF_7_EBX, 27, AVX512_BIT), RULE(AVX512CD, LEAF_7_EBX, 28, AVX512_BIT),
    RULE(AVX512BW, LEAF_7_EBX, 30, AVX512_BIT), RULE(AVX512VL, LEAF_7_EBX, 31, AVX512_BIT),

    RULE(AVX512_VBMI, LEAF_7_ECX, 1, AVX512_BIT), RULE(PKU, LEAF_7_ECX, 3, NOTHING),
    RULE(OSPKE, LEAF_7_ECX, 4, NOTHING), RULE(AVX512_VBMI2, LEAF_7_ECX, 6, AVX512_BIT),
    RULE(CET_SS, LEAF_7_ECX, 7, NOTHING), RULE(GFNI, LEAF_7_ECX, 8, AVX_STATE),
    RULE(AVX512_VAES, LEAF_7_ECX, 9, AVX512_BIT), RULE(AVX512_VPCLMULQDQ, LEAF_7_ECX, 10, AVX512_BIT),
    RULE(AVX512_VNNI, LEAF_7_ECX, 11, AVX512_BIT), RULE(AVX512_BITALG, LEAF_7_ECX, 12, AVX512_BIT),
    RULE(AVX512_VPOPCNTDQ, LEAF_7_ECX, 14, AVX512_BIT), RULE(RDPID, LEAF_7_ECX, 22, NOTHING),

    RULE(FSRM, LEAF_7_EDX, 4, NOTHING), RULE(SERIALIZE, LEAF_7_EDX, 14, INTEL), RULE(CET_IBT, LEAF_7_EDX, 20, NOTHING),
    RULE(AVX512_FP16, LEAF_7_EDX, 23, INTEL),
    RULE(SHA512, LEAF_7_1_EAX, 0, AVX_STATE), RULE(AVX_IFMA, LEAF_7_1_EAX, 23, AVX2_BIT),

    RULE(LZCNT, EXT_1_ECX, 5, NOTHING), RULE(SSE4A, EXT_1_ECX, 6, AMD),
    RULE(AMD_3DNOW_PREFETCH, EXT_1_ECX, 8, NOTHING), RULE(AMD_3DNOW_PREFETCH, EXT_1_EDX, 31, AMD),
    RULE(RDTSCP, EXT_1_EDX, 27, NOTHING), RULE(TSCINV_BIT, EXT_7_EDX, 8, NOTHING),
};

/* What AVX10 with 512-bit vectors includes. */
static const unsigned short avx10_fields[] = {
    offsetof(CPUFeatures, fAVX10_1), offsetof(CPUFeatures, fAVX512F), offsetof(CPUFeatures, fAVX512CD),
    offsetof(CPUFeatures, fAVX512DQ), offsetof(CPUFeatures, fAVX512PF), offsetof(CPUFeatures, fAVX512ER),
    offsetof(CPUFeatures, fAVX512BW), offsetof(CPUFeatures, fAVX512VL), offsetof(CPUFeatures, fAVX512_VPOPCNTDQ),
    offsetof(CPUFeatures, fAVX512_VPCLMULQDQ), offsetof(CPUFeatures, fAVX512_VAES),
    offsetof(CPUFeatures, fAVX512_VNNI), offsetof(CPUFeatures, fAVX512_BITALG),
    offsetof(CPUFeatures, fAVX512_VBMI), offsetof(CPUFeatures, fAVX512_VBMI2),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Nothing where the processor has no such leaf. In a virtual machine each CPUID is an exit to its host, of some 5 us. */
static int read_leaf(uint32_t max, uint32_t leaf, uint32_t subleaf, uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d) {
    if (leaf > max) {
        return 0;
    }
    __cpuid_count(leaf, subleaf, *a, *b, *c, *d);
    return 1;
}

static void read_words(uint32_t words[WORDS]) {
    uint32_t a, b, c, d, max, max_ext;
    memset(words, 0, WORDS * sizeof *words);
    __cpuid(0, max, words[LEAF_0_EBX], c, d);
    __cpuid(0x80000000, max_ext, b, c, d);
    read_leaf(max, 1, 0, &words[LEAF_1_EAX], &words[LEAF_1_EBX], &words[LEAF_1_ECX], &words[LEAF_1_EDX]);
    if (read_leaf(max, 7, 0, &a, &words[LEAF_7_EBX], &words[LEAF_7_ECX], &words[LEAF_7_EDX]) && a >= 1) {
        read_leaf(max, 7, 1, &words[LEAF_7_1_EAX], &b, &c, &words[LEAF_7_1_EDX]);
    }
    read_leaf(max, 0xB, 0, &a, &words[LEAF_B_EBX], &c, &d);
    read_leaf(max, 0x24, 0, &a, &words[LEAF_24_EBX], &c, &d);
    read_leaf(max, 0x29, 0, &a, &words[LEAF_29_EBX], &c, &d);
    read_leaf(max_ext, 0x80000001, 0, &a, &b, &words[EXT_1_ECX], &words[EXT_1_EDX]);
    read_leaf(max_ext, 0x80000007, 0, &a, &b, &c, &words[EXT_7_EDX]);
    read_leaf(max_ext, 0x80000008, 0, &a, &b, &words[EXT_8_ECX], &d);
    read_leaf(max_ext, 0x8000001E, 0, &a, &words[EXT_1E_EBX], &c, &d);
    if (words[LEAF_1_ECX] & bit_OSXSAVE) {
        __asm__("xgetbv" : "=a"(words[XCR0]), "=d"(d) : "c"(0));
    }
}

static int bits(uint32_t word, uint32_t mask) {
    return (word & mask) == mask;
}

static int bit(const uint32_t *words, enum word word, int number) {
    return words[word] >> number & 1;
}

static int is_intel(const uint32_t *words) {
    return words[LEAF_0_EBX] == signature_INTEL_ebx;
}

/* Hygon's processors are AMD's Zen. */
static int is_amd(const uint32_t *words) {
    return words[LEAF_0_EBX] == signature_AMD_ebx || words[LEAF_0_EBX] == 0x6F677948;
}

static uint32_t family(const uint32_t *words) {
    uint32_t base = words[LEAF_1_EAX] >> 8 & 0xF;
    return base == 0xF ? base + (words[LEAF_1_EAX] >> 20 & 0xFF) : base;
}

static uint32_t model(const uint32_t *words) {
    return (words[LEAF_1_EAX] >> 4 & 0xF) | (words[LEAF_1_EAX] >> 12 & 0xF0);
}

/* Registers wider than SSE's are of use only where the operating system saves them: XCR0 tells. */
static int has_avx(const uint32_t *words) {
    return bit(words, LEAF_1_ECX, 28) && bits(words[XCR0], 0x06);
}

static int has_avx512_state(const uint32_t *words) {
    return has_avx(words) && bits(words[XCR0], 0xE0);
}

static int is_met(enum need need, const uint32_t *words) {
    switch (need) {
        case AVX_STATE: return has_avx(words);
        case AVX2_BIT: return has_avx(words) && bit(words, LEAF_7_EBX, 5);
        case AVX512_BIT: return has_avx512_state(words) && bit(words, LEAF_7_EBX, 16);
        case INTEL: return is_intel(words);
        case AMD: return is_amd(words);
        default: return 1;
    }
}

static int has_threads_per_core(const uint32_t *words) {
    if (!is_amd(words) && (words[LEAF_B_EBX] & 0xFFFF)) {
        return (words[LEAF_B_EBX] & 0xFFFF) > 1;
    }
    if (!bit(words, LEAF_1_EDX, 28)) {
        return 0;
    }
    if (family(words) >= 0x17) {
        return (words[EXT_1E_EBX] >> 8 & 0xFF) > 0;
    }
    uint32_t cores = is_amd(words) ? (words[EXT_8_ECX] & 0xFF) + 1 : 1;
    return (words[LEAF_1_EBX] >> 16 & 0xFF) > cores;
}

/* Whether all processors' time stamps run alike: AMD's do but for family 11h, Intel's on these server models. */
static int has_synchronous_tsc(const uint32_t *words) {
    if (is_amd(words)) {
        return family(words) != 0x11;
    }
    uint32_t number = model(words);
    return is_intel(words) && family(words) == 6
            && (number == 0x1A || number == 0x2C || number == 0x2D || number == 0x3A || number == 0x3E);
}

static void features_of(const uint32_t *words, CPUFeatures *features) {
    unsigned char *fields = (unsigned char *)features;
    memset(features, 0, sizeof *features);
    for (size_t i = 0; i < COUNT(rules); i++) {
        if (bit(words, rules[i].word, rules[i].bit) && is_met(rules[i].need, words)) {
            fields[rules[i].field] = 1;
        }
    }
    if (is_intel(words) && bit(words, LEAF_7_1_EDX, 19) && bit(words, LEAF_24_EBX, 18)
            && (words[LEAF_24_EBX] & 0xFF) >= 1 && has_avx512_state(words)) {
        for (size_t i = 0; i < COUNT(avx10_fields); i++) {
            fields[avx10_fields[i]] = 1;
        }
        features->fAVX10_2 = (words[LEAF_24_EBX] & 0xFF) >= 2;
    }
    features->fAPX_F = bit(words, LEAF_7_1_EDX, 21) && bit(words, LEAF_29_EBX, 0) && bit(words, XCR0, 19);
    features->fHT = has_threads_per_core(words);
    features->fTSCINV = features->fTSCINV_BIT && has_synchronous_tsc(words);
}

/* A start asks three times, the first time before there is a second thread. */
void determineCPUFeatures(CPUFeatures *features) {
    static CPUFeatures host;
    static int is_known;
    if (!is_known) {
        uint32_t words[WORDS];
        read_words(words);
        features_of(words, &host);
        is_known = 1;
    }
    *features = host;
}

#else
typedef int not_for_this_architecture;
#endif
