package org.bakedpage.build;

/** Ends the build with one line: Maven prints the stack of an exception, and this one has none. */
public final class BuildFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BuildFailure(String message) {
        super(message, null, false, false);
    }

    /** What an exception says, in one line, without the number of SmallRye Config; some say nothing. */
    public static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().replaceAll("\\s+", " ").replaceFirst("^SRCFG[0-9]+: ", "");
    }
}
