package org.bakedpage.nativeimage;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The builder's heap, where the user sets none: 80 % of the memory, as GraalVM's manual has it ("Native Image Build
 * Output"), but on a machine that others use too no more than is free, unless that is less than 8 GB. Beyond 32 GB
 * the VM could no longer compress its pointers.
 */
final class MemoryLimit {

    private static final double DEDICATED_PERCENT = 80;
    private static final long GIGABYTE = 1L << 30;
    private static final long MIN_SHARED_BYTES = 8 * GIGABYTE;
    private static final long MAX_BYTES = 31 * GIGABYTE;
    /** What the builder says about its memory. */
    private static final String REASON = "-Dsvm.build.memoryUsageReasonText=";

    private MemoryLimit() {
    }

    static List<String> jvmArguments() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        long available = isDedicated() ? total : availableBytes(total);
        double percent = DEDICATED_PERCENT;
        String reason = "80% of system memory";
        if (available >= MIN_SHARED_BYTES && 100.0 * available / total < percent) {
            percent = 100.0 * available / total;
            reason = "using available memory";
        }
        if (percent / 100 * total > MAX_BYTES) {
            percent = 100.0 * MAX_BYTES / total;
            reason = "capped at 31GB";
        }
        return List.of(String.format(Locale.ROOT, "-XX:MaxRAMPercentage=%.2f", percent), REASON + reason);
    }

    private static boolean isDedicated() {
        return "true".equals(System.getenv("CI")) || Files.exists(Path.of("/.dockerenv"))
                || Files.exists(Path.of("/run/.containerenv"));
    }

    /** proc(5): an estimate of what new programs can have without swapping. */
    private static long availableBytes(long total) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Math.min(total, 1024 * Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
        } catch (IOException e) {
            return total;
        }
        return total;
    }
}
