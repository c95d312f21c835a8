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
        return given("quarkus.http.port", DEFAULT_PORT, "QUARKUS_HTTP_PORT", "PORT");
    }

    /** Of the management interface. @param built where nothing is said at the start */
    static Port ofManagement(int built) {
        return given("quarkus.management.port", Integer.toString(built), "QUARKUS_MANAGEMENT_PORT");
    }

    private static Port given(String property, String otherwise, String... variables) {
        if (System.getProperty(property) != null) {
            return new Port(property, System.getProperty(property));
        }
        for (String variable : variables) {
            // To an empty variable Quarkus applies the default, as it does to an absent one.
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                return new Port(variable, value);
            }
        }
        return new Port(null, otherwise);
    }

    /** As Quarkus does, without the spaces around it. */
    int number() {
        return Setting.number(value.strip());
    }

    /** What is wrong with it, in one sentence; null if nothing is. 0 lets the system choose a port. */
    String error() {
        try {
            if (number() <= MAX_PORT) {
                return null;
            }
        } catch (NumberFormatException e) {
            // the same error as for a number out of range
        }
        return setting + "=" + value + " is not a port: give a number from 0 to " + MAX_PORT;
    }
}
