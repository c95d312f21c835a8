package org.bakedpage.build;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tar archive in the format ustar, see pax(1p). */
final class Archive {

    private static final int BLOCK_BYTES = 512;
    private static final int NAME_BYTES = 100;
    private static final String CUT = "the layer ends within a file";
    private static final Field SIZE = new Field(124, 12);
    private static final Field CHECKSUM = new Field(148, 8);

    private Archive() {
    }

    /**
     * Copies an archive in which one file gets another content; its mode, owner and time stay.
     *
     * @throws IOException also if it has no such file
     */
    static void copy(Path archive, String name, Path content, Path copy) throws IOException {
        boolean isFound = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            byte[] header = in.readNBytes(BLOCK_BYTES);
            for (; header.length == BLOCK_BYTES && header[0] != 0; header = in.readNBytes(BLOCK_BYTES)) {
                long size = padded(SIZE.read(header));
                if (name.equals(name(header))) {
                    isFound = true;
                    skip(in, size);
                    write(header, content, out);
                } else {
                    out.write(header);
                    transfer(in, size, out);
                }
            }
            out.write(header);
            in.transferTo(out);
        }
        if (!isFound) {
            throw new IOException("the layer has no file " + name);
        }
    }

    /** @return whether the archive has the file; of several, which no layer has, the first counts */
    static boolean extract(InputStream archive, String name, Path file) throws IOException {
        byte[] header = archive.readNBytes(BLOCK_BYTES);
        for (; header.length == BLOCK_BYTES && header[0] != 0; header = archive.readNBytes(BLOCK_BYTES)) {
            long size = SIZE.read(header);
            if (name.equals(name(header).replaceFirst("^\\./", ""))) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    transfer(archive, size, out);
                }
                return true;
            }
            skip(archive, padded(size));
        }
        return false;
    }

    private static void write(byte[] header, Path content, OutputStream out) throws IOException {
        long size = Files.size(content);
        SIZE.write(header, String.format("%011o", size));
        CHECKSUM.write(header, " ".repeat(CHECKSUM.bytes));
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        CHECKSUM.write(header, String.format("%06o\0 ", sum));
        out.write(header);
        Files.copy(content, out);
        out.write(new byte[(int) (padded(size) - size)]);
    }

    /** Reads whole blocks, and writes no more than the bytes. */
    private static void transfer(InputStream in, long bytes, OutputStream out) throws IOException {
        for (long done = 0; done < bytes; done += BLOCK_BYTES) {
            byte[] block = in.readNBytes(BLOCK_BYTES);
            if (block.length < BLOCK_BYTES) {
                throw new EOFException(CUT);
            }
            out.write(block, 0, (int) Math.min(BLOCK_BYTES, bytes - done));
        }
    }

    private static void skip(InputStream in, long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            // It has no message of its own.
            throw new EOFException(CUT);
        }
    }

    private static long padded(long size) {
        return (size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    private static String name(byte[] header) {
        return new String(header, 0, NAME_BYTES, US_ASCII).split("\0", 2)[0];
    }

    private record Field(int offset, int bytes) {

        long read(byte[] header) throws IOException {
            String octal = new String(header, offset, bytes, US_ASCII).replaceAll("[\0 ]", "");
            try {
                return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
            } catch (NumberFormatException e) {
                throw new IOException("the layer is no tar archive of files below 8 GiB", e);
            }
        }

        void write(byte[] header, String value) throws IOException {
            byte[] text = value.getBytes(US_ASCII);
            if (text.length > bytes) {
                throw new IOException("a tar archive takes no file of 8 GiB");
            }
            System.arraycopy(text, 0, header, offset, text.length);
        }
    }
}
