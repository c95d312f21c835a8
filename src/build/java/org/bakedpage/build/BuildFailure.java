package org.bakedpage.build;

/** Ends the build with one line: Maven prints the stack of an exception, and this one has none. */
final class BuildFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    BuildFailure(String message) {
        super(message, null, false, false);
    }
}
