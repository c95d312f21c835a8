package org.bakedpage;

import java.time.Duration;

/** What a connection waits for, and since when; in milliseconds of {@link ConnectionLoop#millis}. */
final class Wait {

    enum For { FIRST_REQUEST, REQUEST, HEAD, CONTENT, TURN, ANSWER, READER, END }

    /** RFC 9112 section 9.6 gives no number: enough for what comes next on its way, and for one round trip around the world. */
    private static final long LINGER_MILLIS = Duration.ofSeconds(1).toMillis();
    /** From here on a client that should send or read something is taken for one that does not. */
    private static final long STALLED_MILLIS = 100;

    private For awaited = For.FIRST_REQUEST;
    private long since = ConnectionLoop.millis();

    /**
     * @param progress whether the client has sent or taken something since
     * @param late the time as its loop has noted it, which is late by a period at most
     */
    void update(For now, boolean progress, long late) {
        // Within a head or content, whose time goes on while it waits for a turn.
        boolean isSame = now == awaited || now == For.TURN && isMessage(awaited) || awaited == For.TURN && isMessage(now);
        awaited = now;
        if (progress || !isSame) {
            // To look at the clock for each request would cost more than to be late by a period.
            since = now == For.REQUEST ? late + ConnectionLoop.PERIOD_MILLIS : ConnectionLoop.millis();
        }
    }

    private static boolean isMessage(For what) {
        return what == For.HEAD || what == For.CONTENT;
    }

    boolean isFor(For what) {
        return awaited == what;
    }

    boolean isTooLong(long now, Limits limits) {
        long limit = switch (awaited) {
            case FIRST_REQUEST, REQUEST -> limits.idleMillis();
            case HEAD -> limits.headMillis();
            case CONTENT -> limits.bodyMillis();
            case READER -> limits.answerMillis();
            case END -> LINGER_MILLIS;
            case TURN, ANSWER -> 0;
        };
        return limit > 0 && now - since >= limit;
    }

    /** Why a connection is closed that waits too long. */
    Counts.Closed reason() {
        return switch (awaited) {
            case HEAD -> Counts.Closed.HEAD;
            case CONTENT -> Counts.Closed.CONTENT;
            case READER -> Counts.Closed.UNREAD_ANSWER;
            case FIRST_REQUEST, REQUEST, TURN, ANSWER, END -> Counts.Closed.IDLE;
        };
    }

    /** For how long the connection has waited, 1 at least; 0 where it may not go. */
    long stalled(long now) {
        return idleness(now) > 0 ? Math.max(1, now - since) : 0;
    }

    /**
     * For how long nobody has waited for the connection; all those are before who stalls, or waits for its turn, by how long it
     * has; and before a newcomer, whose request is on its way. 0 where it may not go.
     */
    long idleness(long now) {
        // The shift would make more of it negative.
        long millis = Math.min(now - since, Integer.MAX_VALUE);
        return switch (awaited) {
            case REQUEST, END -> millis > 0 ? millis << 32 : 1;
            case FIRST_REQUEST -> millis >= STALLED_MILLIS ? millis << 32 : 0;
            case HEAD, CONTENT, TURN, READER -> millis >= STALLED_MILLIS ? millis : 0;
            case ANSWER -> 0;
        };
    }
}
