package org.bakedpage;

import io.quarkus.runtime.QuarkusBindException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** What to tell the user, in one line that names the setting to mend, when the server could not be started. */
final class StartFailure {

    // Compiled when the executable is built, which has no compiler of regular expressions in it.
    private static final Pattern REASON = Pattern.compile(": [A-Z].*");
    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    private StartFailure() {
    }

    static String describe(Throwable failure) {
        for (Throwable cause = failure;; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return describe(bind);
            }
            if (cause instanceof UnknownHostException) {
                // A C library adds its own words behind the name.
                String host = REASON.matcher(cause.getMessage()).replaceFirst("");
                return "QUARKUS_HTTP_HOST=" + host + " is not a host of this machine";
            }
            if (cause.getCause() == null) {
                String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
                return "cannot start: " + LINE_BREAKS.matcher(message.strip()).replaceAll(" ");
            }
        }
    }

    /** The system's own reason is the last part of the message, in the words of its C library. */
    private static String describe(QuarkusBindException bind) {
        String reason = bind.getMessage().substring(bind.getMessage().lastIndexOf(':') + 1).strip();
        String where = "cannot listen on port " + bind.getPort() + ": ";
        return switch (reason) {
            case "Address already in use", "Address in use" ->
                where + "another program does; set PORT to one that is free";
            case "Permission denied" -> where + "this user has no right to it; set PORT to 1024 or above";
            default -> where + reason + " (QUARKUS_HTTP_HOST=" + bind.getHost() + ")";
        };
    }
}
