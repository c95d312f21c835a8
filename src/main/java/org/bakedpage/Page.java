package org.bakedpage;

import io.netty.util.AsciiString;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is sent for one path, known in full before the first request. Immutable, shared by every event loop. Fields are kept
 * as the bytes that are sent: a string would be turned into them for every answer.
 */
final class Page {

    private final AsciiString contentType;
    private final AsciiString cacheControl;
    private final List<Representation> representations;
    private final Representation identity;

    /**
     * @param contentType RFC 9110 section 8.3
     * @param cacheControl RFC 9111 section 5.2
     * @param representations in different codings; one of them is the identity
     */
    Page(String contentType, String cacheControl, List<Representation> representations) {
        this.contentType = AsciiString.cached(contentType);
        this.cacheControl = AsciiString.cached(cacheControl);
        this.representations = new ArrayList<>(representations);
        this.representations.sort(Comparator.comparingInt(Representation::length));
        this.identity = representations.stream().filter(r -> r.coding() == Coding.IDENTITY).findFirst().orElseThrow();
    }

    CharSequence contentType() {
        return contentType;
    }

    CharSequence cacheControl() {
        return cacheControl;
    }

    /** The smallest first. */
    List<Representation> representations() {
        return representations;
    }

    Representation identity() {
        return identity;
    }

    /** Whether what is sent depends on what the client takes: RFC 9110 section 12.5.5. */
    boolean varies() {
        return representations.size() > 1;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(contentType.toString());
        out.writeUTF(cacheControl.toString());
        out.writeInt(representations.size());
        for (Representation representation : representations) {
            out.writeUTF(representation.coding().name());
            out.writeInt(representation.length());
            out.write(representation.content());
        }
    }

    static Page read(DataInput in) throws IOException {
        String contentType = in.readUTF();
        String cacheControl = in.readUTF();
        List<Representation> representations = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            Coding coding = Coding.valueOf(in.readUTF());
            byte[] content = new byte[in.readInt()];
            in.readFully(content);
            representations.add(new Representation(coding, content));
        }
        return new Page(contentType, cacheControl, representations);
    }
}
