/*
 * libchelper: what an AArch64 processor and the operating system support, as the kernel tells it in the auxiliary vector
 * (Linux, Documentation/arch/arm64/elf_hwcaps.rst). HotSpot takes the same bits.
 */
#include "chelper_cpu.h"

#ifdef __aarch64__

#include <asm/hwcap.h>
#include <stddef.h>
#include <string.h>
#include <sys/auxv.h>

struct rule {
    unsigned long bit;
    unsigned short field;
};

#define RULE(name, bit) {bit, offsetof(CPUFeatures, f##name)}

static const struct rule rules[] = {
    RULE(FP, HWCAP_FP), RULE(ASIMD, HWCAP_ASIMD), RULE(EVTSTRM, HWCAP_EVTSTRM), RULE(AES, HWCAP_AES),
    RULE(PMULL, HWCAP_PMULL), RULE(SHA1, HWCAP_SHA1), RULE(SHA2, HWCAP_SHA2), RULE(CRC32, HWCAP_CRC32),
    RULE(LSE, HWCAP_ATOMICS), RULE(FPHP, HWCAP_FPHP), RULE(ASIMDHP, HWCAP_ASIMDHP), RULE(DCPOP, HWCAP_DCPOP),
    RULE(SHA3, HWCAP_SHA3), RULE(SHA512, HWCAP_SHA512), RULE(SVE, HWCAP_SVE), RULE(PACA, HWCAP_PACA),
};

static const struct rule rules2[] = {
    RULE(SVE2, HWCAP2_SVE2), RULE(SVEBITPERM, HWCAP2_SVEBITPERM),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void apply(const struct rule *rules, size_t count, unsigned long word, CPUFeatures *features) {
    for (size_t i = 0; i < count; i++) {
        if (word & rules[i].bit) {
            ((unsigned char *)features)[rules[i].field] = 1;
        }
    }
}

static void features_of(unsigned long hwcap, unsigned long hwcap2, CPUFeatures *features) {
    memset(features, 0, sizeof *features);
    apply(rules, COUNT(rules), hwcap, features);
    apply(rules2, COUNT(rules2), hwcap2, features);
    /* These ask for code that some processors need and all can run: no image is refused for want of them. */
    features->fA53MAC = features->fSTXR_PREFETCH = features->fDMB_ATOMICS = 1;
}

void determineCPUFeatures(CPUFeatures *features) {
    features_of(getauxval(AT_HWCAP), getauxval(AT_HWCAP2), features);
}

#else
typedef int not_for_this_architecture;
#endif
