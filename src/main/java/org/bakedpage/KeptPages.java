package org.bakedpage;

/**
 * What is kept of a site's pages as objects, each in the slot that its number has. Shared by all event loops: two of them may make
 * the same object, each has a right one, and one of the two is kept.
 */
final class KeptPages<T> {

    /** A page takes the place of another, and none is added. */
    static final int SLOTS = 1 << 10;
    /**
     * One in so many of the pages that find their slot taken takes it: what is asked for often is kept soon, and what is not
     * kept is garbage at once. If each took it, the collector would copy most of them again and again.
     */
    static final int REPLACED = 16;

    private final Slot[] slots = new Slot[SLOTS];
    /** Not exact, as several event loops count. */
    private int misses;

    private record Slot(int number, Object page) {
    }

    /** Null where it is not kept. */
    @SuppressWarnings("unchecked")
    T get(int number) {
        Slot slot = slots[number % SLOTS];
        return slot != null && slot.number == number ? (T) slot.page : null;
    }

    /** Keeps it where its slot is free, and else now and then. */
    void offer(int number, T page) {
        if (slots[number % SLOTS] == null || ++misses % REPLACED == 0) {
            slots[number % SLOTS] = new Slot(number, page);
        }
    }
}
