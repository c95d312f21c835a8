package org.bakedpage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** Clients that behave in one way, thousands on one thread, until they are closed. */
final class Attackers implements AutoCloseable {

    /** More than one, for the system has 28,000 ports of a client for each address of a server. */
    private static final int ADDRESSES = 8;
    /** In bytes: the less the client's system takes, the more the server has to keep. */
    private static final int UNREAD_BUFFER = 4096;

    private final Behaviour behaviour;
    private final int port;
    private final Selector selector = Selector.open();
    private final Client[] clients;
    private final Deque<Integer> vacant = new ArrayDeque<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
    private final ByteBuffer first;
    private final ByteBuffer again;
    private final CompletableFuture<Void> end;
    private volatile boolean closed;
    private volatile long connects;
    private long allowedConnects;
    private long steps;

    Attackers(Behaviour behaviour, int port) throws IOException {
        this.behaviour = behaviour;
        this.port = port;
        clients = new Client[behaviour.clients()];
        for (int i = 0; i < clients.length; i++) {
            vacant.add(i);
        }
        first = direct(behaviour.first());
        again = behaviour.again() == null ? null : direct(behaviour.again());
        end = CompletableFuture.runAsync(this::run, task -> new Thread(task, "attackers").start());
    }

    /** How many connections were tried. */
    long connects() {
        return connects;
    }

    /** Throws what went wrong on this side, such as too few descriptors. */
    @Override
    public void close() {
        closed = true;
        end.join();
    }

    private void run() {
        long start = System.nanoTime();
        try (selector) {
            while (!closed) {
                double seconds = (System.nanoTime() - start) / 1e9;
                connect((long) (seconds * behaviour.perSecond()));
                if (behaviour.pace() != null) {
                    step((long) (seconds * 1e3 / behaviour.pace().toMillis() * clients.length));
                }
                selector.select(key -> ((Client) key.attachment()).serve(), 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (Client client : clients) {
                if (client != null) {
                    client.close();
                }
            }
        }
    }

    /** What was missed while all were connected is not made up for. */
    private void connect(long due) throws IOException {
        while (allowedConnects < due && !vacant.isEmpty() && !closed) {
            new Client(vacant.remove());
            allowedConnects++;
            connects++;
        }
        if (vacant.isEmpty()) {
            allowedConnects = due;
        }
    }

    /** One client after the other, evenly over the pace. */
    private void step(long due) {
        steps = Math.max(steps, due - clients.length);
        while (steps < due) {
            Client client = clients[(int) (steps++ % clients.length)];
            if (client != null) {
                client.step();
            }
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    /** One connection; where it fails it makes room for the next. */
    private final class Client {

        private final int place;
        private final SocketChannel channel = SocketChannel.open();
        private final SelectionKey key;
        private ByteBuffer output = first.duplicate();

        Client(int place) throws IOException {
            this.place = place;
            clients[place] = this;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (behaviour.reading() != Behaviour.Reading.ALL) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, UNREAD_BUFFER);
            }
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            try {
                if (channel.connect(new InetSocketAddress("127.0.0." + (1 + place % ADDRESSES), port))) {
                    send();
                }
            } catch (ConnectException e) {
                close();
            }
        }

        void serve() {
            try {
                if (key.isConnectable()) {
                    channel.finishConnect();
                    send();
                } else if (key.isWritable()) {
                    send();
                }
                if (key.isValid() && key.isReadable() && receive(input.capacity()) < 0) {
                    close();
                }
            } catch (IOException e) {
                close();
            }
        }

        void step() {
            try {
                if (channel.isConnected() && !output.hasRemaining()) {
                    output = again.duplicate();
                    send();
                }
                if (channel.isConnected() && behaviour.reading() == Behaviour.Reading.SLOWLY && receive(1) < 0) {
                    close();
                }
            } catch (IOException e) {
                close();
            }
        }

        private void send() throws IOException {
            channel.write(output);
            if (!output.hasRemaining()) {
                sent();
            }
            if (channel.isOpen()) {
                key.interestOps((output.hasRemaining() ? SelectionKey.OP_WRITE : 0)
                        | (behaviour.reading() == Behaviour.Reading.ALL ? SelectionKey.OP_READ : 0));
            }
        }

        private void sent() throws IOException {
            if (behaviour.ending() == Behaviour.Ending.END_OF_INPUT) {
                channel.shutdownOutput();
            } else if (behaviour.ending() != Behaviour.Ending.STAY) {
                close();
            } else {
                output = again != null && behaviour.pace() == null ? again.duplicate() : output;
            }
        }

        private int receive(int most) throws IOException {
            return channel.read(input.clear().limit(most));
        }

        void close() {
            try {
                if (behaviour.ending() == Behaviour.Ending.RESET && channel.isOpen()) {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
            if (clients[place] == this) {
                clients[place] = null;
                vacant.add(place);
            }
        }
    }
}
