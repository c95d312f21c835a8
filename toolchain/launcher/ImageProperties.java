package org.bakedpage.nativeimage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a native-image.properties file asks for. */
final class ImageProperties {

    /** Keys that stand for one option each. */
    private static final Map<String, String> OPTIONS =
            Map.of("ImageName", "Name", "ImagePath", "Path", "ImageClass", "Class", "ImageModule", "Module");

    private final BuildRequest request;
    private final OptionParser parser;

    ImageProperties(BuildRequest request, OptionParser parser) {
        this.request = request;
        this.parser = parser;
    }

    void apply(Properties properties, Path entry, String resource, Origin origin) {
        String folder = resource.substring(0, resource.lastIndexOf('/'));
        parser.parse(words(properties.getProperty("Args", ""), folder), origin);
        words(properties.getProperty("JavaArgs", ""), folder)
                .forEach(argument -> request.addJvmArgument(argument, origin));
        OPTIONS.forEach((key, option) -> {
            String value = properties.getProperty(key);
            if (value != null) {
                request.add(new HostedOption(HostedOption.HOSTED, "", option, value.strip(), origin, false));
            }
        });
        if (!properties.getProperty("Requires", "").isBlank()) {
            throw new UsageError("%s requires %s, which this toolchain does not have; pass over it with --exclude-config",
                    origin.text(), properties.getProperty("Requires").strip());
        }
        String module = properties.getProperty("ForceOnModulePath", "").strip();
        if (!module.isEmpty()) {
            moveToModulePath(entry, module);
        }
    }

    /** The builder's own modules are there already, and a second copy would not be the same classes. */
    private void moveToModulePath(Path entry, String module) {
        request.classPath.remove(entry);
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
            request.modulePath.add(entry);
            request.addedModules.add(module);
        }
    }

    private List<String> words(String value, String folder) {
        String text = value.replace("${.}", folder);
        for (Map.Entry<String, String> placeholder : request.placeholders.entrySet()) {
            text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
