package org.bakedpage.build;

/** Ends the build with one line: Maven prints the stack of an exception, and this one has none. */
public final class BuildFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BuildFailure(String message) {
        super(message, null, false, false);
    }

    /** What an exception says, in one line. */
    public static String reason(Throwable e) {
        return text(e).replaceAll("\\s+", " ");
    }

    /** The same in its lines, without the number of SmallRye Config; some say nothing. */
    public static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().replaceFirst("^SRCFG[0-9]+: ", "");
    }
}
