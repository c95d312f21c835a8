package org.bakedpage.nativeimage;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One {@code --exclude-config}. Both expressions may match any part: the first of the class path entry's path, the
 * second of the resource's name with a slash before it.
 */
record ExcludedConfig(Pattern entry, Pattern resource) {

    static ExcludedConfig of(String entry, String resource) {
        try {
            return new ExcludedConfig(Pattern.compile(entry), Pattern.compile(resource));
        } catch (PatternSyntaxException e) {
            throw new UsageError("--exclude-config: %s is no regular expression: %s", e.getPattern(), e.getDescription());
        }
    }

    boolean excludes(Path classPathEntry, String resourceName) {
        return entry.matcher(classPathEntry.toString()).find() && resource.matcher("/" + resourceName).find();
    }
}
