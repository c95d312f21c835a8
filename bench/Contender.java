import java.util.List;
import java.util.Map;

/**
 * A server that is measured, and how it is started.
 *
 * @param port the one it listens on; the floor has more, see {@link #url}
 * @param shipped the command for what is shipped, where the one measured has more files baked in; empty where the
 *        executable is another contender's
 * @param version the command that prints it; empty where it is in the log of the start
 * @param forks whether it makes a process per connection: the system then forgets their CPU time
 * @param remark what a reader should know of how it was set up
 */
record Contender(String id, String title, int port, List<String> command, Map<String, String> environment,
        List<String> shipped, List<String> version, boolean forks, String remark) {

    static Contender of(String id, String title, int port, List<String> version, String remark, String... command) {
        List<String> words = List.of(command);
        return new Contender(id, title, port, words, Map.of(), words, version, false, remark);
    }

    Contender withEnvironment(Map<String, String> variables) {
        return new Contender(id, title, port, command, variables, shipped, version, forks, remark);
    }

    Contender withShipped(String... other) {
        return new Contender(id, title, port, command, environment, List.of(other), version, forks, remark);
    }

    Contender withForks() {
        return new Contender(id, title, port, command, environment, shipped, version, true, remark);
    }

    String url(Measure measure) {
        int answered = id.equals(Contenders.FLOOR) ? port + Measure.ALL.indexOf(measure) : port;
        return "http://127.0.0.1:" + answered + measure.path();
    }

    /** The command as one would type it in the project's folder. */
    String shownCommand() {
        StringBuilder shown = new StringBuilder();
        environment.forEach((name, value) -> shown.append(name).append('=').append(value).append(' '));
        return Contenders.withoutFolder(shown.append(String.join(" ", command)).toString());
    }
}
