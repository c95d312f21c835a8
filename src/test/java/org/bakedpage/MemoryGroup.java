package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The control group that limits a container's memory, see the kernel's admin-guide/cgroup-v1/memory and cgroup-v2. Version 2
 * counts buffers of sockets with the rest, and ends a process for them; version 1 counts them apart, once that has a limit.
 */
record MemoryGroup(Path folder, boolean isUnified) {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String SOCKETS = "memory.kmem.tcp.";

    static MemoryGroup of(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
            String[] fields = line.split(":", 3);
            String path = fields[2].substring(1);
            if (fields[1].equals("memory")) {
                Path folder = ROOT.resolve("memory").resolve(path);
                Files.writeString(folder.resolve(SOCKETS + "limit_in_bytes"), Long.toString(1L << 40));
                return new MemoryGroup(folder, false);
            }
            if (fields[1].isEmpty() && Files.exists(ROOT.resolve(path).resolve("memory.current"))) {
                return new MemoryGroup(ROOT.resolve(path), true);
            }
        }
        throw new IOException("no control group limits the memory of process " + pid);
    }

    /** In KiB, all that cannot be dropped, as version 2 counts it. */
    long countedKib() throws IOException {
        long bytes = isUnified ? number("memory.current") - stat("file")
                : number("memory.usage_in_bytes") - stat("total_cache") + number(SOCKETS + "usage_in_bytes");
        return bytes >> 10;
    }

    private long number(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    private long stat(String name) throws IOException {
        return Files.readAllLines(folder.resolve("memory.stat")).stream().map(line -> line.split(" "))
                .filter(words -> words[0].equals(name)).mapToLong(words -> Long.parseLong(words[1])).findFirst().orElseThrow();
    }
}
