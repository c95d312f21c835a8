package org.bakedpage.bake;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of a site: one in a folder is read when it is asked for, one in an archive was read when it was listed. */
public final class SiteFile {

    private final String path;
    private final long length;
    private final FileTime time;
    private final Path file;
    private final byte[] archived;

    private SiteFile(String path, long length, FileTime time, Path file, byte[] archived) {
        this.path = path;
        this.length = length;
        this.time = time;
        this.file = file;
        this.archived = archived;
    }

    /** @param file without links on the way to it, so that none is followed that was not looked at */
    static SiteFile inFolder(String path, BasicFileAttributes attributes, Path file) {
        return new SiteFile(path, attributes.size(), attributes.lastModifiedTime(), file, null);
    }

    static SiteFile inArchive(String path, byte[] content) {
        return new SiteFile(path, content.length, null, null, content);
    }

    /** With its leading slash, spelled as on disk: neither percent-encoded nor normalized. */
    public String path() {
        return path;
    }

    /** In bytes, when it was listed. */
    public long length() {
        return length;
    }

    /** Whether nobody has written to it since the other one was listed, as far as its path, length and time tell. */
    public boolean isUnchangedSince(SiteFile other) {
        return path.equals(other.path) && length == other.length && Objects.equals(time, other.time)
                && Objects.equals(file, other.file) && Arrays.equals(archived, other.archived);
    }

    /**
     * Of an SVG image that is compressed, what it is uncompressed: which coding is sent is negotiated, and without Content-Encoding it is
     * none (SVG 1.1 section 1.2).
     *
     * @throws IllegalArgumentException in one line, if it cannot be read, or is no longer what it was when it was listed
     */
    public byte[] content() {
        try {
            byte[] content = file == null ? archived : read();
            if (!path.endsWith(".svgz") || content.length < 2 || content[0] != 0x1f || content[1] != (byte) 0x8b) {
                return content;
            }
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
                return in.readAllBytes();
            } catch (EOFException | ZipException e) {
                throw new IllegalArgumentException(path + ": is no whole gzip", e);
            }
        } catch (IOException e) {
            throw cannotRead(path, e);
        }
    }

    private byte[] read() throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length != length || !Files.getLastModifiedTime(file).equals(time)) {
            throw new IllegalArgumentException(path + ": has changed since it was listed: build once more when nobody writes to it");
        }
        return content;
    }

    static IllegalArgumentException cannotRead(String path, IOException e) {
        String reason = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        return new IllegalArgumentException(path + ": cannot be read: " + reason, e);
    }

    @Override
    public String toString() {
        return path;
    }
}
