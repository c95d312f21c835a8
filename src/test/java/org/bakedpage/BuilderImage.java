package org.bakedpage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stand-ins for the image that the Dockerfile at the root builds in, for a test shall not need a registry. Of podman only. */
final class BuilderImage implements AutoCloseable {

    private static final String NAME = "web-server-it-builder";
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Folder folder = new Folder("builder");
    private final Path root = folder.path().resolve("root");
    private final List<String> options = new ArrayList<>(
            List.of("--network", "host", "--build-arg", "BUILDER=localhost/" + NAME));
    private BuilderStandIn nativeImage;

    private BuilderImage() {
    }

    /** As in a registry: a minimal Debian with a JDK 25. Of this machine are only the network, the mirrors, and who is trusted. */
    static BuilderImage debian(Containers containers) throws IOException {
        BuilderImage image = new BuilderImage();
        // The release and the mirror of this machine, and a JDK without links to what is outside.
        new Command("bash", "-euc", """
                . /etc/os-release
                . toolchain/find-jdk.sh
                find_jdk
                site=$(apt-get indextargets --format '$(SITE)' "Codename: $VERSION_CODENAME" | sed -n 1p)
                debootstrap --variant=minbase "$VERSION_CODENAME" "$1" "$site"
                cp -rL "$jdk" "$1/opt/jdk"
                """, "debian", image.root.toString()).in(Containers.PROJECT).within(LIMIT).succeed();
        image.mount(Path.of("/etc/apt/apt.conf.d"), "/etc/apt/apt.conf.d:ro");
        Path settings = Path.of(System.getProperty("user.home"), ".m2/settings.xml");
        if (Files.exists(settings)) {
            image.options.addAll(List.of("--secret", "id=maven-settings,src=" + settings));
        }
        return image.make(containers, "JAVA_HOME=/opt/jdk", "PATH=/opt/jdk/bin:" + SYSTEM_PATH);
    }

    /** The programs and the Maven repository of this machine, and a native-image that takes no time. */
    static BuilderImage ofThisMachine(Containers containers) throws IOException {
        BuilderImage image = new BuilderImage();
        Path executable = Path.of(System.getProperty("native.image.path"));
        image.nativeImage = new BuilderStandIn(executable);
        String home = image.nativeImage.home();
        // With it, it says what it is, and what it makes is kept.
        Files.writeString(Path.of(home, "release"), "GRAALVM_VERSION=\"stand-in\"\n");
        // As the toolchain's own has; for another one zlib would be compiled.
        Files.createFile(Files.createDirectories(Path.of(home, "lib/svm")).resolve("launcher.jar"));
        new Command("bash", "-euc", """
                mkdir -p "$1"/{dev,etc,proc,root,run,stand-in,sys,tmp,usr,var}
                for name in bin lib lib64 sbin; do ln -s "usr/$name" "$1/$name"; done
                printf '#!/bin/sh\\n' >"$1/stand-in/apt-get"
                chmod +x "$1/stand-in/apt-get"
                """, "of-this-machine", image.root.toString()).succeed();
        String jdk = System.getProperty("java.home");
        for (String path : List.of("/usr", "/etc", jdk, home, executable.toString())) {
            image.mount(Path.of(path), path + ":ro");
        }
        image.mount(Path.of(System.getProperty("user.home"), ".m2"), "/root/.m2");
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            image.mount(Path.of(repository), "/root/.m2/repository");
        }
        return image.make(containers, "HOME=/root", "JAVA_HOME=" + jdk, "GRAALVM_HOME=" + home, "PATH=/stand-in:" + SYSTEM_PATH);
    }

    /** For a build of the Dockerfile. */
    List<String> options() {
        return options;
    }

    private void mount(Path source, String target) {
        if (Files.exists(source)) {
            options.addAll(List.of("--volume", source + ":" + target));
        }
    }

    private BuilderImage make(Containers containers, String... variables) {
        Path archive = folder.path().resolve("root.tar");
        new Command("tar", "-C", root.toString(), "-cf", archive.toString(), ".").within(LIMIT).succeed();
        containers.importRoot(archive, NAME, List.of(variables).stream().map(each -> "ENV " + each).toArray(String[]::new));
        return this;
    }

    @Override
    public void close() {
        folder.close();
        if (nativeImage != null) {
            nativeImage.close();
        }
    }
}
