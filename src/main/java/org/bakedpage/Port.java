package org.bakedpage;

/**
 * The port that was asked for, and by which setting: Quarkus reads the same settings in the same order.
 *
 * @param setting the name of the environment variable, system property or key that says it
 * @param value what it says, not yet known to be a number
 */
record Port(String setting, String value) {

    private static final int MAX_PORT = 65_535;

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
