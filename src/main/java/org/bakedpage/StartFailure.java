package org.bakedpage;

import io.quarkus.runtime.QuarkusBindException;
import java.net.UnknownHostException;

/** What to tell the user, in one line that names the setting to mend, when the server could not be started. */
final class StartFailure {

    private StartFailure() {
    }

    static String describe(Throwable failure) {
        for (Throwable cause = failure;; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return describe(bind);
            }
            if (cause instanceof UnknownHostException && cause.getMessage() != null) {
                // A C library adds its own words behind the name.
                int end = cause.getMessage().indexOf(": ");
                String host = end < 0 ? cause.getMessage() : cause.getMessage().substring(0, end);
                return unknownHost(host);
            }
            if (cause.getCause() == null) {
                boolean told = cause.getMessage() != null && !cause.getMessage().isBlank();
                String message = told ? cause.getMessage() : cause.getClass().getName();
                return "cannot start: " + String.join(" ", message.lines().map(String::strip).toList()).strip();
            }
        }
    }

    static String unknownHost(String host) {
        return "cannot resolve QUARKUS_HTTP_HOST=" + host;
    }

    /** The system's own reason is the last part of the message, in the words of its C library. */
    private static String describe(QuarkusBindException bind) {
        String reason = bind.getMessage().substring(bind.getMessage().lastIndexOf(':') + 1).strip();
        return switch (reason) {
            case "Address already in use", "Address in use" -> "port " + bind.getPort() + " is in use; set PORT to a free port";
            case "Permission denied" ->
                "no permission to listen on port " + bind.getPort() + "; set PORT to 1024 or above";
            default -> "cannot listen on port " + bind.getPort() + ": " + reason + " (QUARKUS_HTTP_HOST=" + bind.getHost() + ")";
        };
    }
}
