package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushBatcherTest {

    private final EventLoop loop = new NioEventLoopGroup(1).next();
    private final FlushBatcher batcher = new FlushBatcher(loop);
    private final List<Integer> flushed = new CopyOnWriteArrayList<>();
    private int toCome;

    @AfterEach
    void close() throws Exception {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void flushes_of_one_iteration_are_done_at_its_end_in_their_order() throws Exception {
        assertEquals(0, flushedWithin(() -> add(31)));
        assertEquals(31, flushedWithin(() -> { }));
        assertEquals(IntStream.range(0, 31).boxed().toList(), flushed);
    }

    @Test
    void the_first_of_many_does_not_wait_for_all() throws Exception {
        assertEquals(32, flushedWithin(() -> add(33)));
        assertEquals(33, flushedWithin(() -> { }));
    }

    @Test
    void a_later_iteration_is_flushed_as_the_first_was() throws Exception {
        for (int i = 1; i <= 3; i++) {
            assertEquals(i - 1, flushedWithin(() -> add(1)));
            assertEquals(i, flushedWithin(() -> { }));
        }
    }

    /** As when there is room again for answers that had to wait. */
    @Test
    void those_that_come_again_while_they_are_flushed_are_flushed_in_the_next_iteration() throws Exception {
        toCome = 1_000;
        List<Integer> seen = new ArrayList<>();
        flushedWithin(() -> {
            IntStream.range(0, 10).forEach(this::addAgain);
            // Behind the batcher's own task, and before the one that it queues then.
            loop.execute(() -> {
                seen.add(flushed.size());
                loop.execute(() -> seen.add(flushed.size()));
            });
        });
        assertTrue(Poll.holds(Duration.ofSeconds(5), () -> flushed.size() == 1_010));
        assertEquals(List.of(10, 20), seen);
    }

    @Test
    void one_that_fails_does_not_keep_back_the_others() throws Exception {
        flushedWithin(() -> {
            add(2);
            batcher.add(() -> {
                throw new IllegalStateException("as a connection may fail");
            });
            add(2);
        });
        flushedWithin(() -> { });
        assertEquals(4, flushedWithin(() -> { }));
        assertEquals(4, flushedWithin(() -> add(1)));
        assertEquals(5, flushedWithin(() -> { }));
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            batcher.add(() -> flushed.add(number));
        }
    }

    private void addAgain(int number) {
        batcher.add(() -> {
            flushed.add(number);
            if (toCome-- > 0) {
                addAgain(number);
            }
        });
    }

    /** How many are flushed by the end of a task that does this, of which the batcher's own is the next. */
    private int flushedWithin(Runnable task) throws Exception {
        return loop.submit(() -> {
            task.run();
            return flushed.size();
        }).get(5, TimeUnit.SECONDS);
    }
}
