package org.bakedpage.nativeimage;

/** The command line, or a file it leads to, cannot be served. The message is for the user, who can mend it. */
final class UsageError extends RuntimeException {

    UsageError(String format, Object... values) {
        super(format.formatted(values), null, false, false);
    }
}
