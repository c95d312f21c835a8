package org.bakedpage;

import java.time.Duration;
import java.util.List;

/**
 * What each of many clients does: it connects, sends, sends again, reads, and connects anew when it was closed. A character is a
 * byte.
 *
 * @param clients how many are connected at a time
 * @param perSecond how many connect in a second at most, those that replace others among them
 * @param first what they send at once, each the next of these
 * @param again what each sends at each step of its pace, or without a pause where there is none
 * @param pace from one step of a client to the next, null for as fast as the server takes it
 */
record Behaviour(int clients, int perSecond, List<String> first, String again, Duration pace, Reading reading, Ending ending) {

    private static final int BLOCK_BYTES = 64 << 10;

    enum Reading {
        ALL, NOTHING,
        /** One byte at each step. */
        SLOWLY
    }

    /** What follows when the first bytes are sent. */
    enum Ending {
        STAY, END_OF_INPUT, CLOSE, RESET
    }

    static Behaviour of(int clients) {
        return new Behaviour(clients, 2_000, List.of(""), "", null, Reading.ALL, Ending.STAY);
    }

    Behaviour perSecond(int connects) {
        return new Behaviour(clients, connects, first, again, pace, reading, ending);
    }

    Behaviour sends(String... bytes) {
        return new Behaviour(clients, perSecond, List.of(bytes), again, pace, reading, ending);
    }

    Behaviour drips(String bytes) {
        return sendsEvery(Duration.ofSeconds(1), bytes);
    }

    Behaviour sendsEvery(Duration interval, String bytes) {
        return new Behaviour(clients, perSecond, first, bytes, interval, reading, ending);
    }

    /** Sends it over and over. */
    Behaviour floods(String bytes) {
        return new Behaviour(clients, perSecond, first, numbered(1 + BLOCK_BYTES / bytes.length(), bytes), null, reading, ending);
    }

    Behaviour reads(Reading other) {
        return new Behaviour(clients, perSecond, first, again, pace, other, ending);
    }

    Behaviour then(Ending other) {
        return new Behaviour(clients, perSecond, first, again, pace, reading, other);
    }

    /** The text so many times, each with its own number where it says {@code {n}}. */
    static String numbered(int times, String text) {
        StringBuilder all = new StringBuilder(times * text.length());
        for (int n = 0; n < times; n++) {
            all.append(text.replace("{n}", Integer.toString(n)));
        }
        return all.toString();
    }
}
