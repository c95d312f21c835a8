import java.util.List;
import java.util.Map;

/**
 * A server that is measured, and how it is started.
 *
 * @param port the one it listens on; the baseline has more, see {@link #port(Measure)}
 * @param shipped the command for what is shipped, where the one measured has more files baked in; empty where the
 *        executable is another contender's
 * @param version the command that prints it; empty where it is in the log of the start
 * @param forks whether it makes a process per connection: the system then forgets their CPU time
 * @param hasItsOwnPage whether it may serve another page than the rest, as an older executable does
 * @param remark what a reader should know of how it was set up
 */
record Contender(String id, String title, int port, List<String> command, Map<String, String> environment,
        List<String> shipped, List<String> version, boolean forks, boolean hasItsOwnPage, String remark) {

    static Contender of(String id, String title, int port, List<String> version, String remark, String... command) {
        List<String> words = List.of(command);
        return new Contender(id, title, port, words, Map.of(), words, version, false, false, remark);
    }

    Contender withEnvironment(Map<String, String> variables) {
        return new Contender(id, title, port, command, variables, shipped, version, forks, hasItsOwnPage, remark);
    }

    Contender withShipped(String... other) {
        return new Contender(id, title, port, command, environment, List.of(other), version, forks, hasItsOwnPage, remark);
    }

    Contender withForks() {
        return new Contender(id, title, port, command, environment, shipped, version, true, hasItsOwnPage, remark);
    }

    Contender withItsOwnPage() {
        return new Contender(id, title, port, command, environment, shipped, version, forks, true, remark);
    }

    boolean isBaseline() {
        return id.equals(Contenders.BASELINE);
    }

    /** The baseline has one for each response. */
    int port(Measure measure) {
        return isBaseline() ? port + 1 + Measure.ALL.indexOf(measure) : port;
    }

    String url(Measure measure) {
        return "http://127.0.0.1:" + port(measure) + measure.path();
    }

    /** The command as one would type it in the project's folder. */
    String shownCommand() {
        StringBuilder shown = new StringBuilder();
        environment.forEach((name, value) -> shown.append(name).append('=').append(value).append(' '));
        return Contenders.withoutFolder(shown.append(String.join(" ", command)).toString());
    }
}
