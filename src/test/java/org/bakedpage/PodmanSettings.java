package org.bakedpage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The settings of a podman that keeps all it has in one folder: containers.conf(5) and containers-storage.conf(5). */
final class PodmanSettings {

    private PodmanSettings() {
    }

    static String containers(Path home) {
        return """
                [containers]
                # Low enough to be within the limits of any machine: they can only be lowered where that is forbidden.
                default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
                [engine]
                %s
                tmp_dir = "%s/tmp"
                events_logger = "none"
                # The default, shared memory, is one for all podmans of the machine.
                lock_type = "file"
                [network]
                network_config_dir = "%s/networks"
                """.formatted(engine(), home, home);
    }

    static String storage(Path home) {
        return """
                [storage]
                driver = "overlay"
                graphroot = "%s/images"
                runroot = "%s/run"
                """.formatted(home, home);
    }

    private static String engine() {
        StringBuilder lines = new StringBuilder();
        if (isInstalled("runc")) {
            lines.append("runtime = \"runc\"\n");
        }
        // The test of sd_booted(3).
        if (!Files.isDirectory(Path.of("/run/systemd/system"))) {
            lines.append("cgroup_manager = \"cgroupfs\"\n");
        }
        return lines.toString();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(f -> Files.isExecutable(Path.of(f, program)))
                || Files.isExecutable(Path.of("/usr/sbin", program));
    }
}
