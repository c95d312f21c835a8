package org.bakedpage.nativeimage;

/**
 * One {@code -H:} or {@code -R:} option as the builder reads it.
 *
 * @param prefix {@code -H:} or {@code -R:}
 * @param sign {@code +} or {@code -} for a boolean option, else empty
 * @param value null for a boolean option
 * @param api whether it was given by its stable name; the builder reports the others as experimental
 */
record HostedOption(String prefix, String sign, String name, String value, Origin origin, boolean api) {

    static final String HOSTED = "-H:";
    static final String RUNTIME = "-R:";

    static HostedOption ofLauncher(String name, Object value) {
        return new HostedOption(HOSTED, "", name, value.toString(), Origin.LAUNCHER, false);
    }

    static HostedOption switchedOnByLauncher(String name) {
        return new HostedOption(HOSTED, "+", name, null, Origin.LAUNCHER, false);
    }

    static HostedOption switchedOffByLauncher(String name) {
        return new HostedOption(HOSTED, "-", name, null, Origin.LAUNCHER, false);
    }

    static boolean isOne(String argument) {
        return argument.startsWith(HOSTED) || argument.startsWith(RUNTIME);
    }

    /** Of an argument such as {@code -H:+Name}, {@code -H:Name=value} or {@code -H:Name@origin=value}. */
    static HostedOption parse(String argument, Origin origin) {
        String prefix = argument.substring(0, HOSTED.length());
        String rest = argument.substring(HOSTED.length());
        String sign = rest.startsWith("+") || rest.startsWith("-") ? rest.substring(0, 1) : "";
        rest = rest.substring(sign.length());
        int equals = rest.indexOf('=');
        String name = equals < 0 ? rest : rest.substring(0, equals);
        String value = equals < 0 ? null : rest.substring(equals + 1);
        int at = name.indexOf('@');
        if (at >= 0) {
            origin = new Origin(name.substring(at + 1));
            name = name.substring(0, at);
        }
        if (name.isEmpty()) {
            throw new UsageError("%s names no option", argument);
        }
        return new HostedOption(prefix, sign, name, value, origin, false);
    }

    boolean isHosted() {
        return prefix.equals(HOSTED);
    }

    boolean isSwitchedOn(String option) {
        return isHosted() && name.equals(option) && sign.equals("+");
    }

    /** As the builder takes it; it says itself what is wrong with a sign or value that is missing or too many. */
    String toArgument() {
        String text = prefix + sign + name + "@" + origin.text() + (api ? "+api" : "");
        return value == null ? text : text + "=" + value;
    }

    /** As a user would write it. */
    String toText() {
        return prefix + sign + name + (value == null ? "" : "=" + value);
    }
}
