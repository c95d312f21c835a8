package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over two ends of a connection that takes little at a time. */
class OutputTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int COPIED = 4 << 10;
    private static final int FULL = 16 << 10;

    private final Output output = new Output();
    private SocketChannel server;
    private SocketChannel client;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 10);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server = SocketChannel.open();
            server.setOption(StandardSocketOptions.SO_SNDBUF, 4 << 10);
            server.connect(listener.getLocalAddress());
            client = listener.accept();
        }
        Sockets.prepare(server);
        client.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void what_was_appended_is_sent_in_its_order() throws IOException {
        assertTrue(output.isEmpty());
        output.append("text, ");
        output.append(new AsciiString("xascii, x".getBytes(ISO_8859_1), 1, 7, false));
        output.append("bytes, ".getBytes(ISO_8859_1));
        output.append(direct("xcontentx".getBytes(ISO_8859_1)), 1, 7);
        assertEquals(27, output.length());
        assertFalse(output.isEmpty() || output.isFull());
        assertNull(output.send(server));
        assertTrue(output.isEmpty());
        assertEquals("text, ascii, bytes, content", new String(received(27), ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({ "0, false, false", "4095, false, false", "4096, false, false", "4097, true, true" })
    void small_content_is_copied_and_large_content_is_sent_from_where_it_lies(int length, boolean apart, boolean full) {
        output.append(ByteBuffer.allocateDirect(length), 0, length);
        assertEquals(apart ? 0 : length, output.length());
        assertEquals(full, output.isFull());
        assertEquals(length == 0, output.isEmpty());
    }

    @Test
    void an_answer_of_the_greatest_lengths_fits_behind_what_is_not_full() throws IOException {
        output.append(new byte[FULL - 1]);
        assertFalse(output.isFull());
        output.append(new byte[Output.MAX_HEAD_BYTES]);
        output.append(ByteBuffer.allocateDirect(COPIED), 0, COPIED);
        assertArrayEquals(new byte[FULL - 1 + Output.MAX_HEAD_BYTES + COPIED], sendAll(FULL - 1 + Output.MAX_HEAD_BYTES + COPIED));
    }

    @Test
    void what_is_removed_is_not_sent() throws IOException {
        output.append("kept");
        output.append("removed");
        assertEquals("removed", new String(output.removeFrom(4), ISO_8859_1));
        assertNull(output.send(server));
        assertEquals("kept", new String(received(4), ISO_8859_1));
    }

    @Test
    void what_is_cleared_is_not_sent() {
        output.append("cleared");
        output.append(ByteBuffer.allocateDirect(COPIED + 1), 0, COPIED + 1);
        output.clear();
        assertTrue(output.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({ "16384, 0", "80000, 0", "200, 4096", "0, 4097", "200, 100000", "200, 3000000", "30000, 3000000" })
    void what_the_system_does_not_take_is_sent_later(int length, int contentLength) throws IOException {
        byte[] bytes = random(length);
        byte[] content = random(contentLength);
        output.append(bytes);
        output.append(direct(content), 0, contentLength);
        byte[] sent = sendAll(length + contentLength);
        assertArrayEquals(concatenated(bytes, content), sent);
    }

    @Test
    void a_part_of_a_content_is_sent() throws IOException {
        byte[] content = random(200_000);
        output.append("head");
        output.append(direct(content), 1_000, 150_000);
        byte[] part = new byte[150_000];
        System.arraycopy(content, 1_000, part, 0, part.length);
        assertArrayEquals(concatenated("head".getBytes(ISO_8859_1), part), sendAll(4 + part.length));
    }

    @Test
    void content_is_shared_and_stays_as_it_is() throws IOException {
        ByteBuffer content = direct(random(1_000_000));
        output.append(content, 0, content.capacity());
        assertNotNull(output.send(server));
        assertEquals(0, content.position());
        assertEquals(content.capacity(), content.limit());
    }

    /** What there is no room for is for another way, and what was there before is sent. */
    @Test
    void an_answer_without_room_is_taken_back_whole() throws IOException {
        output.append("before");
        int start = output.length();
        output.append("a".repeat(Output.MAX_HEAD_BYTES));
        assertFalse(output.isOverflown());
        output.append("b".repeat(FULL + COPIED));
        assertTrue(output.isOverflown());
        output.append("c");
        output.append(ByteBuffer.allocateDirect(COPIED + 1), 0, COPIED + 1);
        output.truncate(start);
        assertFalse(output.isOverflown() || output.isFull());
        assertEquals(start, output.total());
        output.append(ByteBuffer.allocateDirect(1), 0, 1);
        assertEquals(start + 1, output.total());
    }

    @Test
    void after_a_connection_is_gone_nothing_is_left_for_the_next() throws IOException {
        output.append("for one");
        server.close();
        assertThrows(IOException.class, () -> output.send(server));
        assertTrue(output.isEmpty());
    }

    /** @return what was received while all was sent */
    private byte[] sendAll(int length) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8 << 10);
        Unsent unsent = output.send(server);
        long left = unsent == null ? 0 : unsent.left();
        assertTrue(left <= length);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (received.size() < length && System.nanoTime() < end) {
            client.read(buffer.clear());
            received.write(buffer.array(), 0, buffer.position());
            if (unsent != null) {
                unsent = output.send(server, unsent);
                assertTrue(output.isEmpty());
                assertTrue(unsent == null || unsent.left() <= left);
                left = unsent == null ? 0 : unsent.left();
            }
        }
        assertNull(unsent);
        return received.toByteArray();
    }

    private byte[] received(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length + 1);
        Poll.until("bytes", LIMIT, () -> {
            try {
                client.read(buffer);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return buffer.position() >= length ? buffer : null;
        });
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
