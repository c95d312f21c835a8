package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.bakedpage.Behaviour.Ending;
import org.bakedpage.Behaviour.Reading;

/** One connection of a client that behaves as it is told, until either side closes it. */
final class Attacker {

    /** In bytes: the less the client's system takes, the more the server has to keep. */
    private static final int UNREAD_BUFFER = 4096;
    private static final int STATUS_END = "HTTP/1.1 200".length();

    private final Behaviour behaviour;
    private final SocketChannel channel = SocketChannel.open();
    private final SelectionKey key;
    private final ByteBuffer again;
    private ByteBuffer output;
    private String answer;

    Attacker(Behaviour behaviour, ByteBuffer first, ByteBuffer again, Selector selector) throws IOException {
        this.behaviour = behaviour;
        this.again = again;
        output = first.duplicate();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (behaviour.reading() != Reading.ALL) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, UNREAD_BUFFER);
        }
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /** Where it is refused it is closed; that this machine cannot connect is an error. */
    void connect(SocketAddress address) throws IOException {
        try {
            if (channel.connect(address)) {
                send();
            }
        } catch (ConnectException e) {
            close();
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** How the first answer begins, like {@code HTTP/1.1 200}; null where none was read. */
    String answer() {
        return answer;
    }

    /** Does what the channel is ready for. */
    void serve(ByteBuffer input) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                send();
            } else if (key.isWritable()) {
                send();
            }
            if (key.isValid() && key.isReadable()) {
                receive(input.clear());
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Does what is due at its pace. */
    void step(ByteBuffer input) {
        try {
            if (channel.isConnected() && !output.hasRemaining()) {
                output = again.duplicate();
                send();
            }
            if (channel.isConnected() && behaviour.reading() == Reading.SLOWLY) {
                receive(input.clear().limit(1));
            }
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        try {
            if (behaviour.ending() == Ending.RESET && channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void send() throws IOException {
        channel.write(output);
        if (!output.hasRemaining()) {
            switch (behaviour.ending()) {
                case STAY -> output = behaviour.pace() == null ? again.duplicate() : output;
                case END_OF_INPUT -> channel.shutdownOutput();
                default -> close();
            }
        }
        if (channel.isOpen()) {
            key.interestOps((output.hasRemaining() ? SelectionKey.OP_WRITE : 0)
                    | (behaviour.reading() == Reading.ALL ? SelectionKey.OP_READ : 0));
        }
    }

    private void receive(ByteBuffer input) throws IOException {
        int count = channel.read(input);
        if (count < 0) {
            close();
        } else if (answer == null && count >= STATUS_END) {
            answer = ISO_8859_1.decode(input.flip().limit(STATUS_END)).toString();
        }
    }
}
