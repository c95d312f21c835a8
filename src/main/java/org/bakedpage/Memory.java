package org.bakedpage;

/** The memory that this process may use. */
final class Memory {

    private Memory() {
    }

    /** In bytes, of the machine or of the container. A JVM has set its heap by it; an executable asks, see trim.ContainerMemory. */
    static long limit() {
        return Long.MAX_VALUE;
    }

    /** Has what a crowd held given back to the system. A JVM does so by itself; a collection of its whole heap takes long. */
    static void collect() {
    }
}
