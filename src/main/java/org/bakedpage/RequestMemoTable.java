package org.bakedpage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * The requests and answers that an event loop remembers, used by its thread only. Each request has one place, chosen by
 * its hash; a newcomer takes it over when it was asked for twice in a row there. So the table never grows, and a client
 * that never repeats itself leaves no trace but a few hashes.
 */
final class RequestMemoTable {

    static final int MAX_REQUEST_BYTES = 1024;

    /** Enough for the head of every answer that PageRoute gives. */
    static final int MAX_HEAD_BYTES = 2048;

    private static final int PLACES = 256;

    /** Of requests and answers together. Content above {@link #MAX_JOINED_BYTES} lies with its page and is not counted. */
    private static final int MAX_BYTES = 1 << 20;

    /** Up to here, one buffer with head and content is written faster than two. */
    private static final int MAX_JOINED_BYTES = 16 << 10;

    private static final AsciiString END_OF_HEAD = AsciiString.cached("\r\n\r\n");
    private static final AsciiString DATE = AsciiString.cached("\r\n" + HttpHeaderNames.DATE + ": ");

    private static final FastThreadLocal<RequestMemoTable> TABLES = new FastThreadLocal<>() {
        @Override
        protected RequestMemoTable initialValue() {
            return new RequestMemoTable();
        }
    };

    private final Entry[] entries = new Entry[PLACES];
    private final int[] askedOnce = new int[PLACES];
    private int bytes;

    static RequestMemoTable current() {
        return TABLES.get();
    }

    /** The entry whose request is all of this read; null if there is none. */
    Entry find(ByteBuf read) {
        if (read.readableBytes() > MAX_REQUEST_BYTES) {
            return null;
        }
        Entry entry = entries[place(read.hashCode())];
        return entry != null && entry.requestLength() == read.readableBytes() && entry.starts(read) ? entry : null;
    }

    /** Whether this request was the last one without an entry at its place, too. */
    boolean isWanted(ByteBuf read) {
        int hash = read.hashCode();
        int place = place(hash);
        boolean again = askedOnce[place] == hash;
        askedOnce[place] = hash;
        return again;
    }

    /**
     * @param request a whole head
     * @param answer what was written for it, at least its head
     * @param content what the head is followed by; null for nothing
     * @param last whether the connection ends with it
     */
    void keep(ByteBuf request, ByteBuf answer, Representation content, boolean last) {
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEAD.array()), answer);
        int date = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(DATE.array()), answer);
        if (end < 0 || date < 0 || date > end) {
            return;
        }
        ByteBuf head = answer.slice(0, end + END_OF_HEAD.length());
        Entry entry = new Entry(request, head, date + DATE.length(), content, last);
        int place = place(request.hashCode());
        forget(place);
        if (bytes + entry.size() > MAX_BYTES) {
            forgetAll();
        }
        entries[place] = entry;
        bytes += entry.size();
    }

    private void forget(int place) {
        if (entries[place] != null) {
            bytes -= entries[place].size();
            entries[place].forget();
            entries[place] = null;
        }
    }

    private void forgetAll() {
        for (int place = 0; place < PLACES; place++) {
            forget(place);
        }
    }

    private static int place(int hash) {
        return (hash ^ hash >>> 16 ^ hash >>> 8) & PLACES - 1;
    }

    /** A request and its answer. A connection may know an entry for longer than the table does: then it starts no read. */
    static final class Entry {

        private final ByteBuf request;
        private final Representation content;
        private final int date;
        private final boolean last;
        /** Null once it is forgotten. */
        private ByteBuf answer;
        private long second;

        private Entry(ByteBuf request, ByteBuf head, int date, Representation content, boolean last) {
            this.request = Unpooled.copiedBuffer(request);
            this.date = date;
            this.last = last;
            boolean joined = content != null && content.length() <= MAX_JOINED_BYTES;
            this.content = joined ? null : content;
            this.answer = Unpooled.directBuffer(head.readableBytes() + (joined ? content.length() : 0));
            answer.writeBytes(head);
            if (joined) {
                answer.writeBytes(content.bytes());
            }
        }

        int requestLength() {
            return request.readableBytes();
        }

        boolean isLast() {
            return last;
        }

        int size() {
            return request.readableBytes() + answer.readableBytes();
        }

        /** Whether this request is what the read begins with. */
        boolean starts(ByteBuf read) {
            int length = request.readableBytes();
            return answer != null && read.readableBytes() >= length
                    && ByteBufUtil.equals(request, 0, read, read.readerIndex(), length);
        }

        void write(ChannelHandlerContext context) {
            Clock clock = Clock.current();
            if (clock.second() != second) {
                patchDate(clock);
            }
            context.write(answer.retainedDuplicate(), context.voidPromise());
            if (content != null) {
                context.write(content.bytes(), context.voidPromise());
            }
        }

        /** What is yet to be written of it stays until it is. */
        private void forget() {
            answer.release();
            answer = null;
        }

        /** Bytes that a slow client has yet to be sent stay as they were, or it might get half of one date and half of another. */
        private void patchDate(Clock clock) {
            if (answer.refCnt() > 1) {
                ByteBuf copy = Unpooled.directBuffer(answer.readableBytes()).writeBytes(answer, 0, answer.readableBytes());
                answer.release();
                answer = copy;
            }
            answer.setBytes(date, clock.date().array(), clock.date().arrayOffset(), clock.date().length());
            second = clock.second();
        }
    }
}
