package org.bakedpage;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** How sockets are asked for bytes and given them on a JVM. An executable calls the system itself, see trim.SystemSockets. */
final class Sockets {

    private static final int RECEIVE_BUFFER_BYTES = 32 << 10;

    private Sockets() {
    }

    /** Of what it listens with: what is accepted has the same options. */
    static void prepare(ServerSocketChannel socket) throws IOException {
        // SECURITY: what a client sends and is not read lies in the kernel, and is not more than a head or two.
        socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        prepareSystem(socket);
    }

    /** A JVM knows no other option of it. */
    private static void prepareSystem(ServerSocketChannel socket) throws IOException {
    }

    /** Has the system take no more connections, where it can, so that those that it has taken can all be accepted. */
    static void takeNoMore(ServerSocketChannel socket) {
        // A JVM cannot.
    }

    /** Of what is accepted. Answers are sent whole: what Nagle's algorithm holds back of them would only come late. */
    static void prepare(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** In bytes, what the system holds of what it was given to send: what its client has not taken. A JVM cannot ask. */
    static int untaken(SocketChannel socket) {
        return 0;
    }

    /** Has the system drop what its client has not taken when the socket is closed, and tell the client so. */
    static void dropUntaken(SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** The address of who is connected, without its port. */
    static String clientOf(SocketChannel socket) {
        InetSocketAddress client = (InetSocketAddress) socket.socket().getRemoteSocketAddress();
        return client == null ? AccessLogPattern.NOTHING : client.getAddress().getHostAddress();
    }

    /**
     * @param buffer outside the heap, with the indices of a new one; its beginning is overwritten
     * @return how many bytes; 0 where there are none yet, -1 where there will be none any more
     */
    static int receive(SocketChannel socket, ByteBuffer buffer, int count) throws IOException {
        return read(socket, buffer, count);
    }

    /**
     * Sends bytes of one buffer, and those of another behind them. Both lie outside the heap and have the indices of a new one.
     *
     * @param second null for none
     * @return how many bytes were sent of both
     */
    static int send(SocketChannel socket, ByteBuffer first, int length, ByteBuffer second, int from) throws IOException {
        return write(socket, first, length, second, from);
    }

    private static int read(SocketChannel socket, ByteBuffer buffer, int count) throws IOException {
        try {
            return socket.read(buffer.limit(count));
        } finally {
            buffer.clear();
        }
    }

    private static int write(SocketChannel socket, ByteBuffer first, int length, ByteBuffer second, int from) throws IOException {
        try {
            first.limit(length);
            return second == null ? socket.write(first)
                    : (int) socket.write(new ByteBuffer[] { first, second.position(from) });
        } finally {
            first.clear();
            if (second != null) {
                second.clear();
            }
        }
    }
}
