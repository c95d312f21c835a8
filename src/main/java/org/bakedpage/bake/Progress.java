package org.bakedpage.bake;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A line now and then while a large site is compressed. For threads side by side. */
public final class Progress {

    /** Between two lines, and before the first. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private final int files;
    private final long bytes;
    private final LongSupplier nanoTime;
    private final Consumer<String> out;
    private long told;
    private int doneFiles;
    private long doneBytes;

    /**
     * @param bytes of all files together
     * @param nanoTime {@link System#nanoTime}
     */
    public Progress(int files, long bytes, LongSupplier nanoTime, Consumer<String> out) {
        this.files = files;
        this.bytes = bytes;
        this.nanoTime = nanoTime;
        this.out = out;
        this.told = nanoTime.getAsLong();
    }

    /** @param fileBytes of one file that is done */
    public synchronized void add(long fileBytes) {
        doneFiles++;
        doneBytes += fileBytes;
        long now = nanoTime.getAsLong();
        if (now - told >= INTERVAL.toNanos() && doneFiles < files) {
            told = now;
            out.accept(SiteTable.number(doneFiles) + " of " + SiteTable.number(files) + " files compressed, "
                    + (bytes == 0 ? 100 : doneBytes * 100 / bytes) + " % of the bytes");
        }
    }
}
