package org.bakedpage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Registers what Listener needs, and joins the site where the image builder runs in a container. Elsewhere toolchain/same-input has
 * taken the site from the jar, and joins it to an executable that may have been built before.
 */
public final class SiteFeature implements Feature {

    /** What Vert.x has given Netty for connections, which Listener takes over. */
    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Field field : access.findClassByName("io.netty.bootstrap.ServerBootstrap$ServerBootstrapAcceptor").getDeclaredFields()) {
            if (field.getName().equals("childGroup") || field.getName().equals("childHandler")) {
                RuntimeReflection.register(field);
            }
        }
    }

    @Override
    public void afterImageWrite(AfterImageWriteAccess access) {
        Path image = access.getImagePath();
        Path site = image.resolveSibling("site.bin");
        try (InputStream in = SiteFeature.class.getClassLoader().getResourceAsStream(SiteResource.NAME)) {
            if (in != null) {
                Files.copy(in, site, StandardCopyOption.REPLACE_EXISTING);
                Executable.join(image, System.getProperty("web-server.version", ""), site);
                Files.delete(site);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot join the site to " + image, e);
        }
    }
}
