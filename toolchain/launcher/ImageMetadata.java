package org.bakedpage.nativeimage;

import com.oracle.svm.configure.ConfigurationFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What class path entries carry for the builder below META-INF/native-image. */
final class ImageMetadata {

    private static final String ROOT = "META-INF/native-image/";
    private static final String PROPERTIES = "native-image.properties";
    private static final Map<ConfigurationFile, String> OPTIONS = Map.of(
            ConfigurationFile.REACHABILITY_METADATA, "ReachabilityMetadataResources",
            ConfigurationFile.REFLECTION, "ReflectionConfigurationResources",
            ConfigurationFile.RESOURCES, "ResourceConfigurationResources",
            ConfigurationFile.JNI, "JNIConfigurationResources",
            ConfigurationFile.DYNAMIC_PROXY, "DynamicProxyConfigurationResources",
            ConfigurationFile.SERIALIZATION, "SerializationConfigurationResources",
            ConfigurationFile.SERIALIZATION_DENY, "SerializationDenyConfigurationResources",
            ConfigurationFile.PREDEFINED_CLASSES_NAME, "PredefinedClassesConfigurationResources");

    private final BuildRequest request;
    private final ImageProperties properties;

    ImageMetadata(BuildRequest request, OptionParser parser) {
        this.request = request;
        this.properties = new ImageProperties(request, parser);
    }

    void readAll() {
        for (Path entry : request.entries()) {
            try {
                if (ClassPath.isJar(entry)) {
                    readJar(entry);
                } else if (Files.isDirectory(entry.resolve(ROOT))) {
                    readFolder(entry);
                }
            } catch (IOException e) {
                throw new UsageError("cannot read %s: %s", entry, e.getMessage());
            }
        }
    }

    private void readJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> found = zip.stream()
                    .filter(entry -> entry.getName().startsWith(ROOT) && !entry.isDirectory())
                    .toList();
            for (ZipEntry entry : found) {
                read(jar, entry.getName(), Origin.inJar(jar, entry.getName()), () -> zip.getInputStream(entry));
            }
        }
    }

    private void readFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(ROOT))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String resource = folder.relativize(file).toString();
                read(folder, resource, Origin.inFolder(file), () -> Files.newInputStream(file));
            }
        }
    }

    private void read(Path entry, String resource, Origin origin, Content content) throws IOException {
        if (request.excludedConfigs.stream().anyMatch(excluded -> excluded.excludes(entry, resource))) {
            return;
        }
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        if (name.equals(PROPERTIES)) {
            Properties values = new Properties();
            try (InputStream stream = content.open()) {
                values.load(stream);
            }
            properties.apply(values, entry, resource, origin);
        } else {
            OPTIONS.forEach((file, option) -> {
                if (name.equals(file.getFileName())) {
                    request.add(new HostedOption(HostedOption.HOSTED, "", option, resource, origin, true));
                }
            });
        }
    }

    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }
}
