package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Answers a request that is byte for byte one that was answered before with the bytes of that answer, the Date aside.
 * It stands at the head of a connection's pipeline and sees what is read before anything parses it. It parses nothing
 * itself: where a request ends it learns from the decoder. One per connection, used by its event loop only.
 *
 * <pre>
 *                 the read begins with a known request
 *                +------------------------------------+   replay its answer
 *                |                                    |
 *   at a boundary ------------------> in the codec    |
 *        ^    ^      anything else         |     |    |
 *        |    +----------------------------+     |    |
 *        |     all answered, no byte left over   |    |
 *        +---------------------------------------|----+
 *                                                +----+--> closing, for good: a refused request,
 *                                                          or an answer with "Connection: close"
 * </pre>
 */
final class RequestMemo extends ChannelDuplexHandler {

    private static final int EMPTY_LINE = 0x0D0A0D0A;

    private static final int MAX_PASSED_BYTES = 4 << 10;

    private static volatile boolean off;

    /** That of the connection's event loop; the handler itself is made by the thread that accepts. */
    private RequestMemoTable table;
    private Connection connection;
    private boolean written;
    private boolean passed;
    private RequestMemoTable.Entry recent;

    private ByteBuf held;
    private boolean paused;

    private ByteBuf capture;
    private boolean captured;
    private boolean approved;
    private boolean last;
    private Representation content;

    /** From now on every request takes the long way: something has to see each. */
    static void turnOff() {
        off = true;
    }

    static RequestMemo of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().pipeline().get(RequestMemo.class);
    }

    /** Called on the connection's event loop, before anything is read. */
    void follow(Connection connection) {
        this.table = RequestMemoTable.current();
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = held == null ? (ByteBuf) message : Unpooled.wrappedBuffer(held, (ByteBuf) message);
        held = null;
        boolean writable = context.channel().isWritable();
        if (writable && isAtBoundary() && replay(context, read)) {
            read.release();
        } else if (connection.isEnded()) {
            connection.drop(read.readableBytes());
            read.release();
        } else if (!writable) {
            hold(context, read);
        } else if (isAtBoundary() && isOneHead(read) && table.isWanted(read)) {
            passAndCapture(context, read);
        } else {
            pass(context, read);
        }
    }

    /** SECURITY: who does not read the answers is not asked for more requests, or they would pile up here. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        if (held != null && context.channel().isWritable()) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
        }
        if (paused && context.channel().isWritable()) {
            paused = false;
            context.channel().config().setAutoRead(true);
        }
        // Where it is not, this can be a replay's own write: what is left of its read is yet to be answered.
        if (context.channel().isWritable()) {
            connection.endIfDone();
        }
    }

    /** In pieces, for the answers to the many small requests that one read can hold are to be read before the next. */
    private void pass(ChannelHandlerContext context, ByteBuf read) {
        passed = true;
        while (read.readableBytes() > MAX_PASSED_BYTES && context.channel().isWritable()) {
            context.fireChannelRead(read.readRetainedSlice(MAX_PASSED_BYTES));
        }
        if (context.channel().isWritable()) {
            context.fireChannelRead(read);
        } else {
            hold(context, read);
        }
    }

    boolean isHolding() {
        return held != null;
    }

    private void hold(ChannelHandlerContext context, ByteBuf read) {
        held = read;
        paused = true;
        // For the decoder, which counts the time of a head, but not while this holds.
        passed = true;
        context.channel().config().setAutoRead(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (held != null) {
            held.release();
            held = null;
        }
        if (connection != null) {
            connection.closed();
        }
        context.fireChannelInactive();
    }

    /** Not told to Vert.x, to which it means nothing, nor to the decoder, which would let go of a head whose end is held. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            connection.inputEnded();
        } else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (connection == null) {
            context.close(promise);
        } else {
            connection.close(promise);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        connection.read();
        if (written) {
            written = false;
            context.flush();
        }
        if (passed) {
            passed = false;
            context.fireChannelReadComplete();
        }
    }

    private boolean isAtBoundary() {
        return !off && connection.isAtBoundary();
    }

    /**
     * Answers what is known from the front of the read on, pipelined requests too, and leaves the rest in it.
     * A known request is a whole head without content, so behind it there is a boundary again.
     *
     * @return whether nothing is left to do now
     */
    private boolean replay(ChannelHandlerContext context, ByteBuf read) {
        while (read.isReadable()) {
            if (!context.channel().isWritable()) {
                hold(context, read.retain());
                return true;
            }
            RequestMemoTable.Entry entry = recent != null && recent.starts(read) ? recent : table.find(read);
            if (entry == null) {
                return false;
            }
            recent = entry;
            entry.write(context);
            written = true;
            read.skipBytes(entry.requestLength());
            if (entry.isLast()) {
                connection.closeInTurn();
                return true;
            }
        }
        return true;
    }

    /** Condition: exactly one head, which ends in its first empty line, within the bound. */
    private static boolean isOneHead(ByteBuf read) {
        int end = read.writerIndex() - Integer.BYTES;
        if (read.readableBytes() > RequestMemoTable.MAX_REQUEST_BYTES || read.readableBytes() < Integer.BYTES) {
            return false;
        }
        for (int i = read.readerIndex(); i < end; i++) {
            if (read.getInt(i) == EMPTY_LINE) {
                return false;
            }
        }
        return read.getInt(end) == EMPTY_LINE;
    }

    /** Condition: answered before the call returns, with nothing left over; else it is not kept, and nothing is lost. */
    private void passAndCapture(ChannelHandlerContext context, ByteBuf read) {
        ByteBuf request = Unpooled.copiedBuffer(read);
        capture = Unpooled.buffer(RequestMemoTable.MAX_HEAD_BYTES, RequestMemoTable.MAX_HEAD_BYTES);
        captured = false;
        approved = false;
        last = false;
        content = null;
        passed = true;
        context.fireChannelRead(read);
        if (captured && approved && connection.isAnswered() && connection.isClosing() == last) {
            table.keep(request, capture, content, last);
        }
        capture = null;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (capture != null && !captured && message instanceof ByteBuf bytes) {
            capture.writeBytes(bytes, bytes.readerIndex(), Math.min(capture.writableBytes(), bytes.readableBytes()));
        }
        context.write(message, promise);
    }

    /**
     * PageRoute's word that it answered the request with a head and this content (null for none), and would do so again.
     * Condition: HTTP/1.1 without content, and nothing in it that asks for more than an answer.
     */
    void approve(HttpServerRequest request, Representation content) {
        MultiMap fields = request.headers();
        String connection = fields.get(HttpHeaders.CONNECTION);
        approved = request.version() == HttpVersion.HTTP_1_1
                && !fields.contains(HttpHeaders.CONTENT_LENGTH)
                && !fields.contains(HttpHeaders.TRANSFER_ENCODING)
                && !fields.contains(HttpHeaders.EXPECT)
                && !fields.contains(HttpHeaders.UPGRADE)
                && (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close"));
        this.content = content;
    }

    /** The answer tells that the connection ends with it. */
    void lastAnswer() {
        last = true;
    }

    void responseWritten() {
        captured = true;
    }
}
