import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One request over a connection of its own, byte for byte: a client library would choose fields itself. */
final class Exchange {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** What came back. @param bytes the whole of it, as it was sent; @param content without its transfer coding */
    record Response(byte[] bytes, String head, byte[] content) {

        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        Optional<String> field(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines().skip(1).filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start)).findFirst()
                    .map(line -> line.substring(start.length()).strip());
        }

        String coding() {
            return field("Content-Encoding").orElse("identity");
        }

        boolean closes() {
            return field("Connection").filter("close"::equalsIgnoreCase).isPresent();
        }
    }

    private Exchange() {
    }

    static Response get(int port, String path, List<String> fields) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", fields) + END_OF_HEAD;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return receive(socket.getInputStream());
        }
    }

    private static Response receive(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String head = readTo(END_OF_HEAD, in, all);
        Response unfinished = new Response(null, head, null);
        if (!head.matches("(?s)HTTP/1\\.[01] [1-5][0-9][0-9][ \r].*")) {
            throw new IOException("it answers no HTTP: " + head.lines().findFirst().orElse(""));
        }
        byte[] content = new byte[0];
        if (unfinished.field("Transfer-Encoding").isPresent()) {
            content = chunks(in, all);
        } else if (unfinished.field("Content-Length").isPresent() && unfinished.status() != 304) {
            content = readExactly(Integer.parseInt(unfinished.field("Content-Length").get()), in, all);
        } else if (unfinished.status() != 304 && unfinished.status() != 204) {
            content = in.readAllBytes();
            all.writeBytes(content);
        }
        return new Response(all.toByteArray(), head, content);
    }

    private static byte[] chunks(InputStream in, ByteArrayOutputStream all) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(readTo("\r\n", in, all).strip(), 16);
            content.writeBytes(readExactly(size, in, all));
            readTo("\r\n", in, all);
        } while (size > 0);
        return content.toByteArray();
    }

    private static String readTo(String end, InputStream in, ByteArrayOutputStream all) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length() || text.lastIndexOf(end) != text.length() - end.length()) {
            byte[] one = readExactly(1, in, all);
            text.append((char) (one[0] & 0xff));
        }
        return text.toString();
    }

    private static byte[] readExactly(int length, InputStream in, ByteArrayOutputStream all) throws IOException {
        byte[] bytes = in.readNBytes(length);
        all.writeBytes(bytes);
        if (bytes.length < length) {
            throw new EOFException("it closes before its answer is complete");
        }
        return bytes;
    }

    static byte[] decoded(Response response) throws IOException {
        return response.coding().equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(response.content())).readAllBytes()
                : response.content();
    }
}
