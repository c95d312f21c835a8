package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which what is sent and what is received is seen byte for byte; a character is a byte. */
final class Wire implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ([0-9]+)\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE =
            Pattern.compile("date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] [A-Z][a-z]{2} [0-9]{4} [0-2][0-9]:[0-5][0-9]:[0-6][0-9] GMT");

    private final Socket socket;
    private final InputStream in;
    private boolean withinContent;

    Wire(int port) throws IOException {
        this(port, 0);
    }

    /** @param receiveBuffer in bytes, so that little arrives which is not read; 0 for the system's */
    Wire(int port, int receiveBuffer) throws IOException {
        this(port, receiveBuffer, LIMIT);
    }

    /** @param limit how long to wait for a connection, and for bytes to come */
    Wire(int port, int receiveBuffer, Duration limit) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), receiveBuffer, limit);
    }

    /** Whether somebody listens there. */
    static boolean connects(InetSocketAddress address) {
        try (Wire wire = new Wire(address, 0, LIMIT)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Wire(InetSocketAddress address, int receiveBuffer, Duration limit) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(address, (int) limit.toMillis());
        socket.setSoTimeout((int) limit.toMillis());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The client's. */
    int localPort() {
        return socket.getLocalPort();
    }

    Wire send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    /** Sends while this thread reads: who does neither is not read either. */
    void sendAside(String bytes, boolean end) {
        Thread sender = new Thread(() -> {
            try {
                send(bytes);
                if (end) {
                    end();
                }
            } catch (IOException e) {
                // The server does not want it: what it answers shows whether it should have.
            }
        });
        sender.setDaemon(true);
        sender.start();
    }

    /** Sends byte by byte, with such a pause between two, until the other side has enough. */
    void sendDrops(String bytes, Duration pause) {
        Thread sender = new Thread(() -> {
            try {
                for (char b : bytes.toCharArray()) {
                    send(String.valueOf(b));
                    Thread.sleep(pause.toMillis());
                }
            } catch (IOException | InterruptedException e) {
                // Cut off, as it should be.
            }
        });
        sender.setDaemon(true);
        sender.start();
    }

    /** One request and its response. */
    String exchange(String request) {
        try {
            return send(request).receive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will be sent. */
    Wire end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Closes so that the other side is reset. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The next response; its content is as long as it says, or what is known to have none. */
    String receive(boolean content) throws IOException {
        String head = receiveHead();
        Matcher length = LENGTH.matcher(head);
        boolean none = !content || head.startsWith("HTTP/1.1 304") || head.startsWith("HTTP/1.1 204") || !length.find();
        return head + (none ? "" : new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1));
    }

    String receive() throws IOException {
        return receive(true);
    }

    /** All that comes until the server closes, be it with bytes of this side unread, which resets the connection. */
    String receiveAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException e) {
            // reset: what came before it is all there is
        }
        return all.toString(ISO_8859_1);
    }

    /** All that comes until the server ends it; to be reset is a failure. */
    String receiveToEnd() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** The content of the next response, or more of it: so many bytes, evenly over such a time. */
    String receiveSlowly(Duration time, int bytes) throws IOException {
        if (!withinContent) {
            receiveHead();
            withinContent = true;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long start = System.nanoTime();
        while (content.size() < bytes) {
            byte[] part = in.readNBytes(Math.min(64 << 10, bytes - content.size()));
            if (part.length == 0) {
                throw new IOException("closed after " + content.size() + " of " + bytes + " bytes");
            }
            content.writeBytes(part);
            long due = start + (long) (time.toNanos() * ((double) content.size() / bytes));
            Poll.holds(time, () -> System.nanoTime() >= due);
        }
        return content.toString(ISO_8859_1);
    }

    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    /** The same text whenever it was sent. */
    static String withoutDate(String response) {
        return DATE.matcher(response).replaceAll("date: now");
    }

    private String receiveHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        while (end != 0x0D0A0D0A) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + head.toString(ISO_8859_1));
            }
            head.write(b);
            end = end << 8 | b;
        }
        return head.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
