package org.bakedpage;

/**
 * The port that was asked for, and by which setting. Quarkus reads the same settings in the same order; they are read
 * here as well so that a message can name the one to mend, and so that {@code health} need not start Quarkus.
 *
 * @param setting the name of the environment variable or system property, or null for the default
 * @param value what it says, not yet known to be a number
 */
record Port(String setting, String value) {

    private static final String DEFAULT_PORT = "8080";
    private static final int MAX_PORT = 65_535;

    static Port configured() {
        String property = "quarkus.http.port";
        if (System.getProperty(property) != null) {
            return new Port(property, System.getProperty(property));
        }
        for (String variable : new String[] { "QUARKUS_HTTP_PORT", "PORT" }) {
            // To an empty variable Quarkus applies the default, as it does to an absent one.
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                return new Port(variable, value);
            }
        }
        return new Port(null, DEFAULT_PORT);
    }

    int number() {
        return Integer.parseInt(value);
    }

    /** What is wrong with it, in one sentence; null if nothing is. 0 lets the system choose a port. */
    String error() {
        try {
            if (number() >= 0 && number() <= MAX_PORT) {
                return null;
            }
        } catch (NumberFormatException e) {
            // the same error as for a number out of range
        }
        return setting + "=" + value + " is not a port: give a number from 0 to " + MAX_PORT;
    }
}
