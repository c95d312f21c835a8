/*
 * The class files come from a JDK for x86-64, so sun.nio.fs.UnixConstants has its numbers. Of those that open takes, two
 * are others on AArch64 (Linux, arch/arm64/include/uapi/asm/fcntl.h): they are translated where they reach C.
 * SECURITY: untranslated, NOFOLLOW_LINKS would open what a link leads to.
 */
#include <fcntl.h>

enum { X86_64_DIRECT = 040000, X86_64_NOFOLLOW = 0400000 };

static inline int open_flags(int flags) {
    return (flags & ~(X86_64_DIRECT | X86_64_NOFOLLOW))
            | (flags & X86_64_DIRECT ? O_DIRECT : 0) | (flags & X86_64_NOFOLLOW ? O_NOFOLLOW : 0);
}
