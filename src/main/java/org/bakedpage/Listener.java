package org.bakedpage;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.nio.NioEventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.net.impl.VertxEventLoopGroup;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * What Vert.x listens with. It accepts nothing itself: each event loop that Vert.x serves with accepts from its socket, and a
 * connection gets Vert.x's handlers when it needs them.
 */
final class Listener extends NioServerSocketChannel {

    private static final Logger LOG = Logger.getLogger(Listener.class);

    /** For a client that has just had an answer to send its next request, which is told then that it is the last. */
    private static final long ARRIVAL_MILLIS = 300;
    private static final long ABORT_MILLIS = 300;
    /** Operators are few: their interface has so small a part of what clients may hold, besides that. */
    private static final int MANAGEMENT_PART = 10;
    private static final int MANAGEMENT_CONNECTIONS = 100;

    private final Limits limits;
    private final Connections.Answers answers;
    private FastPath fastPath;
    private AccessLogPattern accessLog;
    private Map<CharSequence, CharSequence> refusalFields = Map.of();
    private boolean contentKept = true;
    private Budget budget;
    private final boolean portShared;
    /** Whether Quarkus listens with it, and not the application itself with a server of its own. */
    private boolean quarkus;
    private final List<ConnectionLoop> loops = new CopyOnWriteArrayList<>();
    private final AtomicInteger closing = new AtomicInteger();
    private final CountDownLatch allClosed = new CountDownLatch(1);
    private volatile boolean stopping;
    private VertxEventLoopGroup eventLoops;
    private ChannelHandler codec;

    /** @param answers asked when it is known whether it is for pages */
    Listener(Limits limits, Connections.Answers answers) throws IOException {
        this.limits = limits;
        this.answers = answers;
        this.portShared = javaChannel().supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        quarkus = address instanceof InetSocketAddress internet && Connections.isQuarkus(internet.getPort());
        if (quarkus && portShared) {
            javaChannel().setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        super.doBind(address);
    }

    Limits limits() {
        return limits;
    }

    /** Null for none. */
    FastPath fastPath() {
        return fastPath;
    }

    /** Null for none. */
    AccessLogPattern accessLog() {
        return accessLog;
    }

    /** Of the answer to a request that is refused before the router knows of it. */
    Map<CharSequence, CharSequence> refusalFields() {
        return refusalFields;
    }

    /** Whether somebody may keep the content of requests; else all of it is dropped as it comes. */
    boolean isContentKept() {
        return contentKept;
    }

    /** Of all event loops together. */
    Counts counts() {
        return Counts.sum(loops.stream().map(ConnectionLoop::counts).toList());
    }

    Budget budget() {
        return budget;
    }

    /** What adds Vert.x's handlers to a channel of one of its event loops. */
    ChannelHandler codec() {
        return codec;
    }

    /** Called when it is bound. Netty keeps to itself what Vert.x has given it for connections. */
    @Override
    protected void doBeginRead() throws Exception {
        if (!quarkus) {
            super.doBeginRead();
            return;
        }
        boolean management = Connections.isManagement(localAddress().getPort());
        int part = management ? MANAGEMENT_PART : 1;
        budget = new Budget(Runtime.getRuntime().maxMemory() / part, Memory.limit() / part,
                management ? MANAGEMENT_CONNECTIONS : limits.maxConnections());
        if (!management) {
            fastPath = answers.fastPath();
            accessLog = answers.accessLog();
            refusalFields = answers.refusalFields();
            contentKept = answers.isContentKept();
            Connections.serve(this);
        }
        Sockets.prepare(javaChannel());
        ChannelHandler acceptor = pipeline().last();
        eventLoops = (VertxEventLoopGroup) field(acceptor, "childGroup");
        codec = (ChannelHandler) field(acceptor, "childHandler");
        joinNewLoops();
        // A socket is closed when no selector has it any more: one is enough.
        deregister();
    }

    private static Object field(ChannelHandler acceptor, String name) {
        try {
            Field field = acceptor.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(acceptor);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of Netty: " + acceptor.getClass() + " has no " + name, e);
        }
    }

    /**
     * Quarkus has HTTP/2 at its management interface, whatever quarkus.http.http2 says: on a JVM Vert.x waits there for the first
     * bytes to tell which it is. In an executable it knows HTTP/1 alone.
     */
    void chooseHttp1(ChannelPipeline pipeline) {
        ChannelHandler chooser = pipeline.last();
        try {
            Method choose = Http1xOrH2CHandler.class.getDeclaredMethod("configure", ChannelHandlerContext.class, boolean.class);
            choose.setAccessible(true);
            choose.invoke(chooser, pipeline.context(chooser), false);
            pipeline.remove(chooser);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of Vert.x: " + chooser.getClass(), e);
        }
    }

    /** Vert.x begins to serve with one event loop and adds the others; those are found when connections are accepted. */
    void joinNewLoops() {
        if (stopping || loops.size() == eventLoops.workerCount()) {
            return;
        }
        synchronized (eventLoops) {
            for (EventExecutor eventLoop : eventLoops) {
                if (loops.stream().noneMatch(loop -> loop.eventLoop() == eventLoop)) {
                    ConnectionLoop loop = new ConnectionLoop(this, (NioEventLoop) eventLoop);
                    ServerSocketChannel socket = loops.isEmpty() || !portShared ? javaChannel() : another();
                    loops.add(loop);
                    eventLoop.execute(() -> loop.accept(socket));
                }
            }
        }
    }

    /** A socket that shares the port. The system gives each connection to one of them, and wakes one event loop for it. */
    private ServerSocketChannel another() {
        try {
            return bind(ServerSocketChannel.open());
        } catch (IOException e) {
            LOG.warnf("event loops share a socket, for there cannot be another: %s", e.getMessage());
            return javaChannel();
        }
    }

    private ServerSocketChannel bind(ServerSocketChannel socket) throws IOException {
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            Sockets.prepare(socket);
            socket.configureBlocking(false);
            return socket.bind(localAddress(), config().getBacklog());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void connectionClosed() {
        if (budget.closeConnection() && stopping) {
            allClosed.countDown();
        }
    }

    /** Called when a connection is to be closed whose descriptor its selector closes a little later. */
    void connectionClosing() {
        closing.incrementAndGet();
    }

    void descriptorClosed() {
        closing.decrementAndGet();
        connectionClosed();
    }

    /** Whether there will be room for another connection at once. */
    boolean isClosing() {
        return closing.get() > 0;
    }

    /**
     * Of the connections that there may be each event loop may have the same number: one that has more makes room first.
     *
     * @param claimed set by the one event loop that tries
     * @param makeRoom how
     * @param then done by the event loop that asks, with whether there is room
     */
    void makeRoomElsewhere(ConnectionLoop asking, AtomicBoolean claimed, Predicate<ConnectionLoop> makeRoom, Consumer<Boolean> then) {
        for (ConnectionLoop loop : loops) {
            if (loop != asking) {
                loop.eventLoop().execute(() -> {
                    if (loop.hasItsShare() && claimed.compareAndSet(false, true)) {
                        AtomicBoolean made = new AtomicBoolean();
                        try {
                            made.set(makeRoom.test(loop));
                        } finally {
                            asking.eventLoop().execute(() -> then.accept(made.get()));
                        }
                    }
                });
            }
        }
    }

    /** @param connections of one event loop */
    boolean isItsShare(int connections) {
        return (long) connections * loops.size() >= budget.connections();
    }

    /** @see Connections#stop */
    void stop(Duration timeout) throws InterruptedException {
        CountDownLatch accepted = new CountDownLatch(loops.size());
        for (ConnectionLoop loop : loops) {
            loop.eventLoop().execute(() -> {
                try {
                    loop.drain();
                } finally {
                    accepted.countDown();
                }
            });
            loop.eventLoop().schedule(loop::closeIdle, ARRIVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
        accepted.await(ARRIVAL_MILLIS, TimeUnit.MILLISECONDS);
        // Not before: the last connection of one event loop is not the last of all while another still accepts.
        stopping = true;
        close();
        if (budget.connections() > 0 && !allClosed.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            loops.forEach(loop -> loop.eventLoop().execute(loop::abortAll));
            allClosed.await(ABORT_MILLIS, TimeUnit.MILLISECONDS);
        }
        LOG.debugf("Requests answered: fast path %d, router %d", counts().answers(Counts.By.FAST_PATH), counts().answers(Counts.By.ROUTER));
    }
}
