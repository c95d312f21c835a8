package org.bakedpage;

import io.netty.channel.nio.NioTask;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * One client's connection: the only one that reads from its socket, and the owner of its phase. What {@link CommonRequest}
 * takes is answered at once; all else goes to the {@link Codec}, which is added when it is first needed. Used by its event
 * loop only.
 *
 * <pre>
 *   OPEN -------> DRAINING ----------> CLOSING ---------> LINGERING --------> CLOSED
 *       no further         all answers         all is sent, and   the client has
 *       request is         are written, or     the client is      ended too, or had
 *       accepted           none is due         told that it was   its time
 * </pre>
 *
 * RFC 9112 section 9.6: with bytes of the client unread the system would reset the connection, and the client might lose the
 * answer that it is just reading. So what comes behind the last request is read and dropped.
 */
final class Connection implements NioTask<SocketChannel> {

    private enum Phase { OPEN, DRAINING, CLOSING, LINGERING, CLOSED }

    private static final Logger LOG = Logger.getLogger(Connection.class);

    /**
     * SECURITY: so long, and no longer, who is told that it was the last may go on sending what it had begun, be it a large
     * upload: a proxy may read the answer only then. It is nginx's lingering_time.
     */
    private static final long MAX_LINGERING_MILLIS = 30_000;
    /** SECURITY: a head that comes in more of them is for the codec, which does not begin anew with each. */
    private static final int MAX_PIECES = 8;
    /** What one segment carries. Who has sent more of a head than that has most likely sent all that it is going to. */
    private static final int SEGMENT_BYTES = 1460;
    /** SECURITY: maximum bytes passed to the codec between two looks at back-pressure and at other connections. */
    private static final int MAX_PASSED_BYTES = 1 << 10;
    /** SECURITY: so many requests that came together are answered ahead of others where there is much to do. */
    private static final int MAX_AT_ONCE = 16;
    /** SECURITY: who has so many requests with the router has no more of them read. Each takes many times its bytes. */
    private static final int MAX_UNANSWERED = 8;

    private final ConnectionLoop loop;
    private final SocketChannel socket;
    /** Null until a selector has to be asked. */
    private SelectionKey key;
    /** Null until a request needs it. */
    private Codec codec;
    private Phase phase = Phase.OPEN;

    /** What was read and waits: a head without its end, or requests behind answers that are not taken; null for nothing. */
    private byte[] held;
    private int heldFrom;
    private int pieces;
    /** Whether something waits behind what the codec was given. */
    private int more;
    /** Whether the codec has read a head since this connection's turn began. */
    private boolean decoded;
    /** Whether what was read, or the rest of it, waits for this connection's turn. */
    private boolean turnAwaited;
    /** Whether nobody asks the system for more of it. */
    private boolean unread;
    /** Whether what was read is being answered just now. */
    private boolean processing;
    /** What is written and not sent yet; null for nothing. */
    private Unsent unsent;

    private final Wait wait = new Wait();
    private boolean progress;
    private long lingersUntil;
    /** In LINGERING, whether the client has ended too, and whether it goes on sending. */
    private boolean inputEnded;
    private boolean dropping;
    private final Charge charge;

    /** Null until the access log needs it. */
    private String client;

    /** Where its loop keeps it. */
    int slot;

    Connection(ConnectionLoop loop, SocketChannel socket) {
        this.loop = loop;
        this.socket = socket;
        this.charge = new Charge(loop.listener().budget(), socket);
    }

    /** What a client sends first has nearly always arrived by now. Where that is all of it, no selector hears of it. */
    void open() {
        try {
            Sockets.prepare(socket);
            read();
            if (phase != Phase.CLOSED) {
                key();
            }
        } catch (IOException e) {
            abort();
        } catch (RuntimeException e) {
            // Thrown on, it would end the acceptor.
            fail(e);
        }
        settle();
    }

    private SelectionKey key() throws IOException {
        if (key == null) {
            socket.configureBlocking(false);
            key = socket.register(loop.selector(), SelectionKey.OP_READ, this);
        }
        return key;
    }

    @Override
    public void channelReady(SocketChannel socket, SelectionKey key) {
        if (phase == Phase.CLOSED) {
            // In this iteration, for others.
            return;
        }
        try {
            if (key.isValid() && key.isWritable()) {
                writable();
            }
            // Where Netty has failed to send, it has closed the socket, and tells it later.
            if (phase != Phase.CLOSED && key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            // The client is gone.
            abort();
        }
        settle();
    }

    /** Its event loop no longer selects it: it has thrown an exception, or (without a cause) its socket is closed or the loop ends. */
    @Override
    public void channelUnregistered(SocketChannel socket, Throwable cause) {
        fail(cause);
    }

    /** It ends, and nobody else's with it. */
    private void fail(Throwable cause) {
        if (phase != Phase.CLOSED) {
            if (cause != null) {
                RateLimitedLog.error("unexpected error, its connection is closed", cause);
            }
            // Or the next connection's answer would begin with a part of this one's.
            loop.output().clear();
        }
        abort();
    }

    private void read() throws IOException {
        if (phase != Phase.LINGERING && (turnAwaited || isHeldBack() || codec != null && !codec.isReading())) {
            pauseReading();
            return;
        }
        if (unread) {
            // It is not always the selector that asks.
            resumeReading();
        }
        byte[] input = loop.input();
        int kept = heldBytes();
        if (kept > 0) {
            System.arraycopy(held, heldFrom, input, 0, kept);
        }
        int count = loop.receive(socket, kept);
        if (count < 0) {
            inputEnded();
        } else if (!isReading()) {
            drop(count);
        } else if (count > 0) {
            pieces = kept > 0 ? pieces + 1 : 0;
            process(input, 0, kept + count);
        }
    }

    private void drop(int count) {
        if (phase == Phase.LINGERING && count > 0) {
            dropping = true;
            progress |= loop.now() < lingersUntil;
        }
    }

    private int heldBytes() {
        return held == null ? 0 : held.length - heldFrom;
    }

    /** SECURITY: back-pressure: who does not take the answers, or has many requests without one, is not asked for more. */
    private boolean isHeldBack() {
        return unsent != null || codec != null && (!codec.isWritable()
                || codec.unanswered() >= MAX_UNANSWERED && !codec.isWithinContent());
    }

    /** Whether what comes is looked at: the last request may have content. */
    private boolean isReading() {
        return phase == Phase.OPEN || phase == Phase.DRAINING && codec.isWithinContent();
    }

    /**
     * SECURITY: what the codec answers takes a hundred times as long as what is answered at once: who sends many such requests
     * waits for others after some of them, and the others are served.
     */
    private boolean isTurnOver() {
        return decoded && !codec.isWithinContent();
    }

    private boolean isBetweenRequests() {
        return codec == null || codec.isIdle();
    }

    /** Answers these bytes, passes them on, or holds them. */
    private void process(byte[] bytes, int from, int length) throws IOException {
        int kept = held == null ? 0 : held.length;
        held = null;
        decoded = false;
        processing = true;
        int at = from;
        boolean passed = false;
        boolean last = false;
        boolean unfinished = false;
        int answers = 0;
        while (at < length && isReading() && !isHeldBack() && !isTurnOver() && !(answers >= MAX_AT_ONCE && loop.isBusy())) {
            int taken = isBetweenRequests() ? answer(bytes, at, length) : CommonRequest.DECLINED;
            if (taken == CommonRequest.INCOMPLETE) {
                unfinished = true;
                break;
            }
            if (taken < 0 && loop.isBusy()) {
                break;
            }
            answers++;
            passed |= taken < 0;
            last = taken > 0 && phase == Phase.CLOSING;
            at += taken > 0 ? taken : pass(bytes, at, length);
        }
        if (passed && codec != null) {
            codec.readComplete();
        }
        boolean sent = flush();
        processing = false;
        more = 0;
        if (isReading() && isBetweenRequests() && isTooMuch(bytes, at, length, length - at - kept)) {
            loop.counts().closed(Counts.Closed.MEMORY);
            reset();
        } else if (isReading()) {
            hold(bytes, at, length);
            if (isHeldBack()) {
                pauseReading();
            } else if (held != null && !unfinished) {
                awaitTurn();
            }
        } else if (last && sent) {
            end(at < length || unread || loop.isDraining());
        }
    }

    private void hold(byte[] bytes, int from, int length) {
        if (from < length) {
            boolean shared = bytes == loop.input();
            held = shared ? Arrays.copyOfRange(bytes, from, length) : bytes;
            heldFrom = shared ? 0 : from;
        }
    }

    /**
     * SECURITY: whether these bytes are the beginning of a large head for which there is no room. Asked before it is held and selected:
     * to evict another for each of them would leave no time for newcomers.
     *
     * @param more bytes of the heap that it would take
     */
    private boolean isTooMuch(byte[] bytes, int from, int length, int more) {
        return length - from > SEGMENT_BYTES && loop.isCrowded(more) && throughHead(bytes, from, length) == 0;
    }

    /** @return the length of the request that is answered, or one of the two that CommonRequest gives for others */
    private int answer(byte[] bytes, int at, int length) throws IOException {
        FastPath fastPath = loop.listener().fastPath();
        CommonRequest request = loop.request();
        int taken = fastPath == null ? CommonRequest.DECLINED : request.parse(bytes, at, length);
        if (taken <= 0) {
            // The input has no room for the rest of a head that fills it.
            return pieces < MAX_PIECES && length - at < loop.input().length ? taken : CommonRequest.DECLINED;
        }
        boolean last = request.isLast();
        if (loop.isDraining()) {
            // What has been read by now is answered still.
            last |= request.parse(bytes, at + taken, length) <= 0 && throughHead(bytes, at + taken, length) == 0;
            request.parse(bytes, at, length);
        }
        if (!fastPath.answer(request, loop, last)) {
            return CommonRequest.DECLINED;
        }
        loop.countFastAnswer(this);
        pieces = 0;
        progress = true;
        if (last) {
            phase = Phase.CLOSING;
        } else if (loop.output().isFull()) {
            flush();
        }
        return taken;
    }

    /** @return how many bytes; none where an answer that was given before is not sent yet */
    private int pass(byte[] bytes, int at, int length) throws IOException {
        if (!flush()) {
            return 0;
        }
        if (codec == null) {
            // Room may also be made by closing this one.
            if (isTooMuch(bytes, at, length, Budget.CODEC_BYTES) || !loop.isWithinBudget() || phase == Phase.CLOSED) {
                // SECURITY: before it has a codec, which Netty would keep to the end of this iteration, however many are closed in it.
                if (phase != Phase.CLOSED) {
                    loop.counts().closed(Counts.Closed.MEMORY);
                }
                reset();
                return length - at;
            }
            loop.countDecoded();
            codec = new Codec(this, loop, socket);
            key = codec.key();
            key.attach(this);
        }
        // A long head in pieces that grow: Netty's decoder begins its last line anew with each.
        int count = Math.min(length - at, Math.max(MAX_PASSED_BYTES, codec.headBytes()));
        boolean content = codec.isWithinContent();
        if (content) {
            loop.countContent(codec.isWithinChunks());
        }
        if (loop.listener().fastPath() != null) {
            // A head may begin behind content, and others behind that.
            int head = throughHead(bytes, at, at + count);
            count = head > 0 ? head : count;
        }
        more = length - at - count;
        codec.read(Arrays.copyOfRange(bytes, at, at + count));
        progress |= content && !codec.isWithinContent();
        return count;
    }

    /** @return how many of these bytes there are to the end of the first head that ends among them; 0 if none does */
    private int throughHead(byte[] bytes, int from, int length) {
        boolean beforeHead = codec == null || codec.isBetweenRequests();
        int start = from;
        while (beforeHead && start < length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        for (int i = start + 2; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1 - from;
            }
        }
        return 0;
    }

    /** @return whether all is sent */
    private boolean flush() throws IOException {
        if (unsent == null && !loop.output().isEmpty()) {
            charge.sent(loop.output().total());
            unsent = loop.output().send(socket);
            if (unsent != null) {
                want(SelectionKey.OP_WRITE, SelectionKey.OP_READ);
            }
        }
        return unsent == null;
    }

    /** Whether the kernel holds less for it than was thought, which is charged no longer. */
    boolean holdsLess() {
        return charge.lower(isStalled());
    }

    private void writable() throws IOException {
        if (unsent == null) {
            codec.resumeFlush();
            return;
        }
        long left = unsent.left();
        unsent = loop.output().send(socket, unsent);
        long sent = left - (unsent == null ? 0 : unsent.left());
        charge.sent(sent);
        progress |= sent > 0;
        if (unsent == null) {
            unread = false;
            want(SelectionKey.OP_READ, SelectionKey.OP_WRITE);
            proceed();
        }
    }

    private void proceed() throws IOException {
        if (phase == Phase.CLOSING) {
            end(true);
        } else if (held != null && !turnAwaited && !isHeldBack()) {
            process(held, heldFrom, held.length);
        }
    }

    private void pauseReading() throws IOException {
        unread = true;
        want(0, SelectionKey.OP_READ);
    }

    private void resumeReading() throws IOException {
        unread = false;
        want(SelectionKey.OP_READ, 0);
    }

    private void want(int more, int less) throws IOException {
        SelectionKey key = key();
        if (key.isValid()) {
            key.interestOps(key.interestOps() & ~less | more);
        }
    }

    private void awaitTurn() {
        turnAwaited = true;
        loop.awaitTurn(this);
    }

    /** Others were served meanwhile. */
    void takeTurn() {
        turnAwaited = false;
        resume();
    }

    /** What the codec was passed has been answered, and taken so far that there is room for more. */
    void roomMade() {
        // Not now: Netty is just sending, and when it has sent all it no longer asks for when there is room.
        if (!processing && held != null && isReading()) {
            awaitTurn();
        } else if (!processing) {
            loop.eventLoop().execute(this::resume);
        }
    }

    private void resume() {
        try {
            if (isReading() && !isHeldBack()) {
                proceed();
            }
            if (unread && (isReading() || phase == Phase.DRAINING) && !turnAwaited && !isHeldBack()) {
                resumeReading();
            }
        } catch (IOException e) {
            abort();
        } catch (RuntimeException e) {
            // Thrown on, others would not have their turn.
            fail(e);
        }
        settle();
    }

    /** The codec has read a head, well-formed or not. */
    void requestDecoded() {
        progress = true;
        decoded = true;
        loop.countDecoded();
    }

    /** No further request is accepted. */
    void lastRequest() {
        if (phase == Phase.OPEN) {
            phase = Phase.DRAINING;
        }
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** How many bytes were read that the codec was not passed yet. */
    int more() {
        return more + (held == null ? 0 : held.length - heldFrom);
    }

    /** The codec has written an answer. */
    void answered() {
        progress = true;
        if (phase == Phase.DRAINING && codec.isAnswered()) {
            // Not now: what has written it is not done with it.
            loop.eventLoop().execute(this::close);
        } else if (codec.unanswered() == MAX_UNANSWERED - 1) {
            roomMade();
        }
    }

    /** No more is written. Closes when all is sent. */
    void close() {
        if (phase == Phase.OPEN || phase == Phase.DRAINING) {
            phase = Phase.CLOSING;
            held = null;
            codec.whenSent(this::sent);
        }
    }

    private void sent() {
        if (phase == Phase.CLOSING) {
            end(true);
            settle();
        }
    }

    /** @param mayBeSending whether the client may be sending something still */
    private void end(boolean mayBeSending) {
        charge.askForUntaken();
        if (!mayBeSending && !charge.isUntaken()) {
            abort();
            return;
        }
        phase = Phase.LINGERING;
        lingersUntil = loop.now() + MAX_LINGERING_MILLIS;
        progress = true;
        unread = false;
        try {
            socket.shutdownOutput();
            want(SelectionKey.OP_READ, SelectionKey.OP_WRITE);
        } catch (IOException e) {
            // The client is gone.
            abort();
        }
    }

    /** The client sends nothing more. What it has sent is answered. */
    private void inputEnded() throws IOException {
        held = null;
        boolean answering = codec != null && !codec.isAnswered() && codec.isBetweenRequests();
        if (phase == Phase.LINGERING) {
            endWhenTaken();
            return;
        }
        if (phase != Phase.CLOSING && !answering && !isSending()) {
            abort();
            return;
        }
        want(0, SelectionKey.OP_READ);
        if (answering) {
            lastRequest();
        } else if (unsent != null) {
            phase = Phase.CLOSING;
        } else {
            close();
        }
    }

    /** What the client has asked for it may still be reading: how far that is the timer asks. */
    private void endWhenTaken() throws IOException {
        inputEnded = true;
        charge.askForUntaken();
        if (!charge.isUntaken()) {
            abort();
        } else {
            want(0, SelectionKey.OP_READ);
        }
    }

    private boolean isSending() {
        return unsent != null || codec != null && codec.isSending();
    }

    /** SECURITY: closes at once, and has the system drop what it would else hold for minutes of answers that nobody takes. */
    void reset() {
        if (phase != Phase.CLOSED) {
            charge.askForUntaken();
            if (charge.isUntaken() || isSending()) {
                dropUntaken();
            }
        }
        abort();
    }

    private void dropUntaken() {
        try {
            Sockets.dropUntaken(socket);
        } catch (IOException e) {
            // The client is gone.
        }
    }

    /** Closes at once. What the system has of answers it goes on to send. */
    void abort() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        held = null;
        unsent = null;
        charge.end();
        loop.remove(this, key != null);
        if (codec != null) {
            codec.closeNow();
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection was not closed in good order", e);
        }
    }

    /** No request is accepted that has not been read by now. */
    void drain() {
        if (codec != null && !codec.isAnswered() && held == null) {
            lastRequest();
        }
    }

    /** Closes it if it is idle, and else when it becomes idle. */
    void closeIfIdle() {
        try {
            settle();
        } catch (RuntimeException e) {
            // Thrown on, others would not be closed.
            fail(e);
        }
    }

    private boolean isToEnd() {
        Wait.For now = awaited();
        boolean answeredAhead = now == Wait.For.CONTENT && codec.isAnswered();
        return phase == Phase.OPEN && loop.isClosingIdle() && (isIdle() || now == Wait.For.HEAD || answeredAhead);
    }

    /** What has arrived is not lost, be it that nobody has read it yet because answers were not taken. */
    private void readLast() {
        try {
            read();
        } catch (IOException e) {
            abort();
        } catch (RuntimeException e) {
            // Thrown on, others would not be closed.
            fail(e);
        }
    }

    /** Whether all is sent, and only its client has not ended yet. */
    boolean isEnding() {
        return phase == Phase.LINGERING;
    }

    Charge charge() {
        return charge;
    }

    boolean isUnread() {
        return unread;
    }

    /** What the codec has written is not all taken, or what comes is not read. */
    void sendingStalled() {
        // Not now: to settle one may close another, which may be the one that flushes.
        loop.eventLoop().execute(this::settle);
    }

    /** All that was written is sent: from now on it waits for something else, and not from when the timer next looks. */
    void flushed() {
        if (phase != Phase.CLOSED) {
            noteWait();
        }
    }

    private Wait.For noteWait() {
        Wait.For now = awaited();
        progress |= charge.hasTakenMore() && phase == Phase.LINGERING;
        wait.update(now, progress, loop.now());
        progress = false;
        return now;
    }

    /** Notes for what the connection waits, and what it holds. */
    private void settle() {
        if (isToEnd()) {
            readLast();
            if (isToEnd()) {
                held = null;
                end(true);
            }
        }
        if (phase == Phase.CLOSED) {
            return;
        }
        Wait.For now = noteWait();
        int heap = Budget.CONNECTION_BYTES + (held == null ? 0 : held.length) + (unsent == null ? 0 : unsent.bytes().length)
                + (codec == null ? 0 : codec.memory());
        if (charge.update(heap, isStalled())) {
            loop.keepWithinBudget();
            if (phase != Phase.CLOSED && charge.hasContent() && now != Wait.For.ANSWER && loop.listener().budget().isExceeded()) {
                // SECURITY: nobody else has held something for long: a crowd that holds more all at once is cut off itself.
                loop.counts().closed(Counts.Closed.MEMORY);
                reset();
            }
        }
    }

    private boolean isStalled() {
        // Its client can take what it was sent only when that has been flushed.
        return dropping || (isSending() || unread) && (codec == null || !codec.isFlushing());
    }

    private Wait.For awaited() {
        if (phase == Phase.LINGERING) {
            return charge.isUntaken() ? Wait.For.READER : Wait.For.END;
        }
        if (isSending()) {
            return Wait.For.READER;
        }
        if (codec != null && codec.isWithinContent()) {
            return Wait.For.CONTENT;
        }
        if (codec != null && !codec.isAnswered()) {
            return Wait.For.ANSWER;
        }
        if (held != null && turnAwaited) {
            return Wait.For.TURN;
        }
        if (held != null || codec != null && codec.isWithinHead()) {
            return Wait.For.HEAD;
        }
        return wait.isFor(Wait.For.FIRST_REQUEST) && !progress ? Wait.For.FIRST_REQUEST : Wait.For.REQUEST;
    }

    private boolean isIdle() {
        Wait.For now = awaited();
        return now == Wait.For.FIRST_REQUEST || now == Wait.For.REQUEST;
    }

    /** Called now and then: who has taken too long is closed. */
    void check(long now) {
        try {
            closeIfTooLong(now);
        } catch (RuntimeException e) {
            // Thrown on, others would have no deadline.
            fail(e);
        }
    }

    private void closeIfTooLong(long now) {
        if (codec != null) {
            progress |= codec.hasSentMore();
        }
        if (codec != null || charge.isUntaken()) {
            charge.askForUntaken();
            settle();
        }
        if (inputEnded && !charge.isUntaken()) {
            abort();
        }
        if (phase == Phase.CLOSED || !wait.isTooLong(now, loop.listener().limits())) {
            return;
        }
        if (phase != Phase.LINGERING) {
            loop.counts().closed(wait.reason());
        }
        if (phase == Phase.LINGERING || isSending()) {
            reset();
        } else {
            held = null;
            end(true);
            settle();
        }
    }

    /** The client's address, for the access log. */
    String client() {
        if (client == null) {
            client = Sockets.clientOf(socket);
        }
        return client;
    }

    /** How much it holds and for how long, where that is its client's doing. */
    long weight(long now) {
        return charge.total() * wait.stalled(now);
    }

    /** See {@link Wait#idleness}. */
    long idleness(long now) {
        return wait.idleness(now);
    }
}
