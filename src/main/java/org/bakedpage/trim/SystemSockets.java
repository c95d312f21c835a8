package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * Receives and sends by the system's own calls: no lock and no state of the JDK's channel, and no change of the thread's state
 * around a call that never blocks. Nothing is cut: this is for speed.
 * SECURITY: memory is not moved or freed during such a call, and only the event loop of a socket closes it.
 */
@TargetClass(className = "org.bakedpage.Sockets")
final class SystemSockets {

    @Substitute
    private static void prepareSystem(ServerSocketChannel socket) throws IOException {
        int fd = ((Server) (Object) socket).fdVal;
        C.setOption(fd, C.TCP_NODELAY, 1);
        // SECURITY: what a client does not take lies in the kernel: so much of it, and not the megabytes that fast ones are given.
        C.setOption(fd, C.TCP_NOTSENT_LOWAT, 32 << 10);
    }

    /**
     * By a socket filter that drops who begins a handshake: it asks again, and is refused by then. Who is within one may end it, for
     * its client may take it for done already.
     */
    @Substitute
    static void takeNoMore(ServerSocketChannel socket) {
        if (!socket.isOpen()) {
            return;
        }
        Pointer program = StackValue.get(C.FILTER + C.INSTRUCTIONS * Long.BYTES);
        program.writeLong(0, C.INSTRUCTIONS);
        program.writeWord(Long.BYTES, program.add(C.FILTER));
        for (int i = 0; i < C.INSTRUCTIONS; i++) {
            program.writeLong(C.FILTER + i * Long.BYTES, C.TAKE_NO_SYN[i]);
        }
        // Where it is not allowed who comes last is reset, as with other servers.
        C.setsockopt(((Server) (Object) socket).fdVal, C.SOL_SOCKET, C.SO_ATTACH_FILTER, program, C.FILTER);
    }

    @Substitute
    static void prepare(SocketChannel socket) {
        // Not even made non-blocking before a selector wants it to be, for these calls do not block.
    }

    /** Systems that are not Linux itself may not know: they say nothing of it. */
    @Substitute
    static int untaken(SocketChannel socket) {
        if (!socket.isOpen()) {
            return 0;
        }
        CIntPointer values = StackValue.get(C.MEMORY_VALUES * Integer.BYTES);
        CIntPointer length = StackValue.get(CIntPointer.class);
        length.write(C.MEMORY_VALUES * Integer.BYTES);
        boolean known = C.getsockopt(C.fd(socket), C.SOL_SOCKET, C.SO_MEMINFO, values, length) == 0
                && length.read() > C.WRITE_MEMORY * Integer.BYTES;
        return known ? values.read(C.WRITE_MEMORY) : 0;
    }

    @Substitute
    static int receive(SocketChannel socket, ByteBuffer buffer, int count) throws IOException {
        if (!socket.isOpen()) {
            // SECURITY: its descriptor may be another's by now.
            throw new ClosedChannelException();
        }
        int received = (int) C.recv(C.fd(socket), C.address(buffer, 0), WordFactory.unsigned(count), C.MSG_DONTWAIT).rawValue();
        if (received > 0) {
            return received;
        }
        // Its end, an error, or nothing yet: the JDK tells which. Before it may be asked a selector will.
        return received == 0 ? -1 : socket.isBlocking() ? 0 : read(socket, buffer, count);
    }

    @Substitute
    static int send(SocketChannel socket, ByteBuffer first, int length, ByteBuffer second, int from) throws IOException {
        if (!socket.isOpen()) {
            throw new ClosedChannelException();
        }
        int fd = C.fd(socket);
        int sent = second == null ? C.send(fd, C.address(first, 0), length, 0)
                : second.capacity() - from < ProgramFile.MIN_BYTES || socket.isBlocking() ? C.send(fd, first, length, second, from)
                : C.sendLarge(fd, first, length, second, from);
        return sent >= 0 ? sent : socket.isBlocking() ? 0 : write(socket, first, length, second, from);
    }

    @Alias
    private static native int read(SocketChannel socket, ByteBuffer buffer, int count) throws IOException;

    @Alias
    private static native int write(SocketChannel socket, ByteBuffer first, int length, ByteBuffer second, int from)
            throws IOException;

    /** Of the C library; the values of the flags are those of Linux on every architecture. */
    static final class C {

        static final int MSG_DONTWAIT = 0x40;
        static final int MSG_NOSIGNAL = 0x4000;
        static final int MSG_MORE = 0x8000;

        static final int MSG_IOV = 16;
        static final int MSG_IOVLEN = 24;
        static final int IOVECS = 56;
        static final int MESSAGE_BYTES = IOVECS + 4 * Long.BYTES;
        /** struct sock_fprog of 64-bit Linux is 16 bytes long; here its struct sock_filter is behind it. */
        static final int FILTER = 16;
        static final int INSTRUCTIONS = 4;
        /**
         * Of struct sock_filter, 8 bytes each: code, jumps, and k in the upper half. The byte of the flags, RFC 9293 section 3.1;
         * with SYN among them drop the packet, else take all of it.
         */
        static final long[] TAKE_NO_SYN = { 0x30 | 13L << 32, 0x45 | 1L << 24 | 2L << 32, 0x06, 0x06 | 0x40000L << 32 };
        static final int SOL_SOCKET = 1;
        static final int SO_ATTACH_FILTER = 26;
        /** Since Linux 4.12; SK_MEMINFO_WMEM_QUEUED of its values. */
        static final int SO_MEMINFO = 55;
        static final int MEMORY_VALUES = 9;
        static final int WRITE_MEMORY = 5;
        static final int IPPROTO_TCP = 6;
        static final int TCP_NODELAY = 1;
        static final int TCP_NOTSENT_LOWAT = 25;

        static void setOption(int fd, int option, int value) throws IOException {
            CIntPointer pointer = StackValue.get(CIntPointer.class);
            pointer.write(value);
            if (setsockopt(fd, IPPROTO_TCP, option, pointer, Integer.BYTES) != 0) {
                throw new IOException("cannot set option " + option + " of TCP");
            }
        }

        @CFunction(transition = CFunction.Transition.NO_TRANSITION)
        static native int setsockopt(int fd, int level, int option, PointerBase value, int length);

        @CFunction(transition = CFunction.Transition.NO_TRANSITION)
        static native int getsockopt(int fd, int level, int option, PointerBase value, CIntPointer length);

        @CFunction(transition = CFunction.Transition.NO_TRANSITION)
        static native SignedWord recv(int fd, Pointer buffer, UnsignedWord length, int flags);

        static int send(int fd, Pointer bytes, int count, int flags) {
            return (int) send(fd, bytes, WordFactory.unsigned(count), flags | MSG_DONTWAIT | MSG_NOSIGNAL).rawValue();
        }

        static int send(int fd, ByteBuffer first, int length, ByteBuffer second, int from) {
            Pointer message = message(StackValue.get(MESSAGE_BYTES), first, length, second, from);
            return (int) sendmsg(fd, message, MSG_DONTWAIT | MSG_NOSIGNAL).rawValue();
        }

        static int sendLarge(int fd, ByteBuffer first, int length, ByteBuffer second, int from) {
            int sent = length == 0 ? 0 : send(fd, address(first, 0), length, MSG_MORE);
            if (sent < length) {
                return sent;
            }
            Pointer content = address(second, from);
            int count = second.capacity() - from;
            int more = (int) ProgramFile.send(fd, content, count).rawValue();
            more = more > 0 ? more : send(fd, content, count, 0);
            // What has gone wrong behind something that was sent is told when more is to be.
            return more >= 0 ? sent + more : sent > 0 ? sent : more;
        }

        @CFunction(transition = CFunction.Transition.NO_TRANSITION)
        private static native SignedWord send(int fd, Pointer buffer, UnsignedWord length, int flags);

        @CFunction(transition = CFunction.Transition.NO_TRANSITION)
        private static native SignedWord sendmsg(int fd, Pointer message, int flags);

        /** struct msghdr of 64-bit Linux with two struct iovec behind it: where there is an address is a long. */
        private static Pointer message(Pointer message, ByteBuffer first, int length, ByteBuffer second, int from) {
            for (int i = 0; i < MESSAGE_BYTES; i += Long.BYTES) {
                message.writeLong(i, 0);
            }
            message.writeWord(MSG_IOV, message.add(IOVECS));
            message.writeLong(MSG_IOVLEN, 2);
            message.writeWord(IOVECS, address(first, 0));
            message.writeLong(IOVECS + Long.BYTES, length);
            message.writeWord(IOVECS + 2 * Long.BYTES, address(second, from));
            message.writeLong(IOVECS + 3 * Long.BYTES, second.capacity() - from);
            return message;
        }

        static int fd(SocketChannel socket) {
            return ((Channel) (Object) socket).fdVal;
        }

        static Pointer address(ByteBuffer buffer, int from) {
            return WordFactory.pointer(((Memory) (Object) buffer).address + from);
        }
    }

    @TargetClass(className = "sun.nio.ch.SocketChannelImpl")
    static final class Channel {

        @Alias
        private int fdVal;
    }

    @TargetClass(className = "sun.nio.ch.ServerSocketChannelImpl")
    static final class Server {

        @Alias
        private int fdVal;
    }

    @TargetClass(java.nio.Buffer.class)
    static final class Memory {

        @Alias
        long address;
    }
}
