package org.bakedpage;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The layers of an image, each unpacked into a folder. */
final class Layers implements AutoCloseable {

    private final Folder folder = new Folder("layers");
    private final JsonArray archives;

    /** The format of {@code save} is the same for podman and docker: a manifest that lists archives. */
    Layers(Containers containers, String image) throws IOException {
        containers.command("save", "--output", folder.path() + "/image.tar", image).succeed();
        new Command("tar", "-xf", "image.tar").in(folder.path()).succeed();
        String manifest = Files.readString(folder.path().resolve("manifest.json"));
        archives = new JsonArray(manifest).getJsonObject(0).getJsonArray("Layers");
        for (int i = 0; i < archives.size(); i++) {
            new Command("tar", "-xf", archives.getString(i), "--one-top-level=" + i).in(folder.path()).succeed();
        }
    }

    int count() {
        return archives.size();
    }

    /** All files of a layer, one a line, relative to the root. */
    String files(int layer) {
        return new Command("find", ".", "-type", "f", "-printf", "%P\\n").in(path(layer)).succeed();
    }

    Path path(int layer) {
        return folder.path().resolve(Integer.toString(layer));
    }

    @Override
    public void close() {
        folder.close();
    }
}
