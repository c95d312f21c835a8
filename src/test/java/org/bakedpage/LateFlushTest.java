package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of one event loop, both ends of them, so that what is sent is received in the same moment. */
class LateFlushTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final List<Channel> connections = new ArrayList<>();
    private final List<Object> received = new ArrayList<>();
    private int answersToCome;

    @AfterEach
    void close() throws Exception {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void what_connections_write_in_one_turn_is_sent_at_its_end() throws Exception {
        connect(31);
        assertEquals(0, receivedWithinTurn(() -> connections.forEach(connection -> answer(connection, "answer"))));
        assertEquals(31, receivedWithinTurn(() -> { }));
    }

    @Test
    void the_first_of_many_connections_does_not_wait_for_all() throws Exception {
        connect(33);
        assertEquals(32, receivedWithinTurn(() -> connections.forEach(connection -> answer(connection, "answer"))));
        assertEquals(33, receivedWithinTurn(() -> { }));
    }

    @Test
    void one_that_writes_again_loses_nothing() throws Exception {
        connect(1);
        receivedWithinTurn(() -> {
            answer(connections.get(0), "first");
            answer(connections.get(0), "second");
        });
        receivedWithinTurn(() -> answer(connections.get(0), "third"));
        receivedWithinTurn(() -> { });
        assertEquals(List.of("first", "second", "third"), received);
    }

    /** Each time something is received, its sender has more to send, as when there is room again for answers that had to wait. */
    @Test
    void those_that_come_again_while_they_are_flushed_are_flushed_again() throws Exception {
        connect(100);
        answersToCome = 10_000;
        receivedWithinTurn(() -> connections.forEach(connection -> answer(connection, "answer")));
        for (int turn = 0; turn < 200; turn++) {
            receivedWithinTurn(() -> { });
        }
        assertEquals(10_100, received.size());
    }

    private void connect(int count) throws Exception {
        LocalAddress address = new LocalAddress(LateFlushTest.class);
        new ServerBootstrap().group(loop).channel(LocalServerChannel.class).childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel connection) {
                LateFlush late = new LateFlush();
                late.join(connection);
                connection.pipeline().addLast(late);
                connections.add(connection);
            }
        }).bind(address).sync();
        for (int i = 0; i < count; i++) {
            int place = i;
            new Bootstrap().group(loop).channel(LocalChannel.class).handler(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    received.add(message);
                    if (answersToCome-- > 0) {
                        answer(connections.get(place), "answer");
                    }
                }
            }).connect(address).sync();
        }
    }

    private static void answer(Channel connection, String text) {
        connection.write(text);
        connection.flush();
    }

    /** How much was received by the end of a task that does this, of which LateFlush's own is the next. */
    private int receivedWithinTurn(Runnable task) throws Exception {
        return loop.submit(() -> {
            task.run();
            return received.size();
        }).get(5, TimeUnit.SECONDS);
    }
}
