package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An image as Jib pushes it: of one layer, in Docker's form. */
final class SampleImage {

    static final String EXECUTABLE = "work/application";
    static final int AMD64 = 62;
    static final int ARM64 = 183;

    private static final int BLOCK_BYTES = 512;

    private SampleImage() {
    }

    /** What has the headers of an executable with one segment, which is all of it, and then a text. */
    static byte[] executable(int machine, String text) {
        int headers = 64 + 56;
        return ByteBuffer.allocate(headers + text.length()).put(new byte[] { 0x7f, 'E', 'L', 'F', 2, 1 })
                .order(ByteOrder.LITTLE_ENDIAN).putShort(18, (short) machine).putLong(32, 64).putShort(56, (short) 1)
                .putInt(64, 1).putLong(64 + 32, headers + text.length()).position(headers).put(text.getBytes(US_ASCII)).array();
    }

    /** A tar archive of a folder and the executable in it, with fields that end as Jib's do. */
    static byte[] archive(byte[] executable) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header("work/", 0, '5'));
        out.writeBytes(header(EXECUTABLE, executable.length, '0'));
        out.writeBytes(Arrays.copyOf(executable, (executable.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES));
        out.writeBytes(new byte[2 * BLOCK_BYTES]);
        return out.toByteArray();
    }

    private static byte[] header(String name, int size, char type) {
        ByteBuffer header = ByteBuffer.allocate(BLOCK_BYTES).put(0, name.getBytes(US_ASCII));
        header.put(100, "0100775 0000000 0000000 ".getBytes(US_ASCII));
        header.put(124, String.format("%011o 00000000000         %c", size, type).getBytes(US_ASCII));
        header.put(257, "ustar\00000".getBytes(US_ASCII));
        int sum = 0;
        for (byte b : header.array()) {
            sum += b;
        }
        return header.put(148, String.format("%06o\0 ", sum).getBytes(US_ASCII)).array();
    }

    /** The files of an archive whose checksums are right. */
    static Map<String, byte[]> files(byte[] archive) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int at = 0; archive[at] != 0;) {
            String name = new String(archive, at, 100, US_ASCII).split("\0")[0];
            int size = Integer.parseInt(new String(archive, at + 124, 11, US_ASCII), 8);
            if (!Arrays.equals(Arrays.copyOfRange(archive, at, at + BLOCK_BYTES), header(name, size, (char) archive[at + 156]))) {
                throw new AssertionError("another header than that of " + name + " with " + size + " bytes");
            }
            files.put(name, Arrays.copyOfRange(archive, at + BLOCK_BYTES, at + BLOCK_BYTES + size));
            at += BLOCK_BYTES + (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        }
        return files;
    }

    /** Puts it into a registry under a tag, as Jib does. */
    static Document push(RegistryStandIn registry, String tag, byte[] executable) throws IOException {
        byte[] archive = archive(executable);
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(layer)) {
            out.write(archive);
        }
        JsonObject config = new JsonObject().put("architecture", "amd64").put("os", "linux")
                .put("config", new JsonObject().put("WorkingDir", "/work")
                        .put("Entrypoint", new JsonArray().add("./application")))
                .put("rootfs", new JsonObject().put("type", "layers")
                        .put("diff_ids", new JsonArray().add(Descriptor.of("", archive).digest())));
        Document manifest = new Document(Document.DOCKER_MANIFEST, Document.start(Document.DOCKER_MANIFEST)
                .put("config", registry.storeBlob("application/vnd.docker.container.image.v1+json",
                        config.encode().getBytes(UTF_8)).toJson())
                .put("layers", new JsonArray().add(registry.storeBlob("application/vnd.docker.image.rootfs.diff.tar.gzip",
                        layer.toByteArray()).toJson())));
        registry.store("manifests/" + tag, manifest);
        registry.store("manifests/" + manifest.descriptor().digest(), manifest);
        return manifest;
    }
}
