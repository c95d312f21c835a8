package org.bakedpage;

/** Offsets and values in 64-bit ELF files: System V ABI, chapters 4 and 5, and elf(5). */
public final class ElfHeader {

    static final int EHSIZE = 64;
    public static final int E_IDENT = 0x464C457F;
    static final int EI_CLASS = 4;
    static final int EI_DATA = 5;
    static final byte ELFCLASS64 = 2;
    static final byte ELFDATA2LSB = 1;
    public static final int E_MACHINE = 18;
    static final int E_PHOFF = 32;
    static final int E_SHOFF = 40;
    static final int E_PHNUM = 56;
    static final int E_SHNUM = 60;
    static final int E_SHSTRNDX = 62;

    static final int PHENTSIZE = 56;
    static final int P_TYPE = 0;
    static final int P_FLAGS = 4;
    static final int P_OFFSET = 8;
    static final int P_VADDR = 16;
    static final int P_FILESZ = 32;
    static final int P_MEMSZ = 40;
    static final int P_ALIGN = 48;
    static final int PT_LOAD = 1;
    static final int PT_INTERP = 3;
    static final int PT_NOTE = 4;
    static final int PT_GNU_STACK = 0x6474E551;
    static final int PT_GNU_RELRO = 0x6474E552;
    static final int PF_R = 4;

    static final int SHENTSIZE = 64;
    static final int SH_NAME = 0;
    static final int SH_TYPE = 4;
    static final int SH_FLAGS = 8;
    static final int SH_ADDR = 16;
    static final int SH_OFFSET = 24;
    static final int SH_SIZE = 32;
    static final int SH_LINK = 40;
    static final int SH_ADDRALIGN = 48;
    static final int SHT_PROGBITS = 1;
    static final int SHF_ALLOC = 2;

    private ElfHeader() {
    }
}
