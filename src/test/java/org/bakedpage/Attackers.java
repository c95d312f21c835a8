package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Clients that behave in one way, thousands on one thread, until they are closed; whose connection is closed comes again. */
final class Attackers implements AutoCloseable {

    /** More than one, for the system has 28,000 ports of a client for each address of a server. */
    private static final int ADDRESSES = 8;

    private final Behaviour behaviour;
    private final int port;
    private final Selector selector = Selector.open();
    private final Attacker[] clients;
    private final ByteBuffer[] first;
    private final ByteBuffer again;
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
    private final Map<String, Integer> answers = new TreeMap<>();
    private final CompletableFuture<Void> end;
    private volatile boolean closed;
    private long connects;
    private long allowedConnects;
    private long steps;

    Attackers(Behaviour behaviour, int port) throws IOException {
        this.behaviour = behaviour;
        this.port = port;
        clients = new Attacker[behaviour.clients()];
        first = behaviour.first().stream().map(Attackers::direct).toArray(ByteBuffer[]::new);
        again = direct(behaviour.again());
        end = CompletableFuture.runAsync(this::run, task -> new Thread(task, "attackers").start());
    }

    /** How the first answers on connections begin, and how many do, once these are closed. */
    Map<String, Integer> answers() {
        return answers;
    }

    @Override
    public String toString() {
        return "%,d connects, answers %s".formatted(connects, answers);
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
                selector.select(key -> ((Attacker) key.attachment()).serve(input), 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (int place = 0; place < clients.length; place++) {
                leave(place);
            }
        }
    }

    /** What was missed while all were connected is not made up for. */
    private void connect(long due) throws IOException {
        for (int place = 0; place < clients.length; place++) {
            if (clients[place] == null || !clients[place].isOpen()) {
                if (allowedConnects >= due) {
                    return;
                }
                leave(place);
                clients[place] = new Attacker(behaviour, first[place % first.length], again, selector);
                clients[place].connect(new InetSocketAddress("127.0.0." + (1 + place % ADDRESSES), port));
                allowedConnects++;
                connects++;
            }
        }
        allowedConnects = due;
    }

    private void leave(int place) {
        if (clients[place] != null) {
            clients[place].close();
            if (clients[place].answer() != null) {
                answers.merge(clients[place].answer(), 1, Integer::sum);
            }
        }
    }

    /** One client after the other, evenly over the pace. */
    private void step(long due) {
        steps = Math.max(steps, due - clients.length);
        while (steps < due) {
            Attacker client = clients[(int) (steps++ % clients.length)];
            if (client != null) {
                client.step(input);
            }
        }
    }

    private static ByteBuffer direct(String bytes) {
        return ByteBuffer.allocateDirect(bytes.length()).put(bytes.getBytes(ISO_8859_1)).flip();
    }
}
