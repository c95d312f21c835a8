package org.bakedpage;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The program: {@code web-server} serves until it is told to stop, {@code web-server health} asks it how it does. */
@QuarkusMain
public final class Main {

    static final int STOPPED = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final String USAGE = "usage: web-server [-Dkey=value ...] [health]";

    private static volatile long startMillis;

    public static void main(String... arguments) {
        startMillis = System.currentTimeMillis();
        List<String> commands = Stream.of(arguments).filter(argument -> !isSetting(argument)).toList();
        // Dev mode has both to itself.
        if (!isDevMode()) {
            Signals.handle(commands.isEmpty() ? STOPPED : FAILED);
            Console.install();
        }
        if (commands.isEmpty()) {
            serve();
        } else if (commands.equals(List.of("health"))) {
            end(health(), FAILED);
        } else if (commands.equals(List.of("--help"))) {
            System.out.println(USAGE);
            end(null, STOPPED);
        } else {
            end("unknown argument '" + commands.get(0) + "'; " + USAGE, WRONG_USAGE);
        }
    }

    /** {@code -Dkey=value}, as a JVM takes it, sets a property; a native executable has no virtual machine in front to take it. */
    private static boolean isSetting(String argument) {
        if (!argument.startsWith("-D") || argument.startsWith("-D=") || argument.equals("-D")) {
            return false;
        }
        String[] setting = argument.substring(2).split("=", 2);
        System.setProperty(setting[0], setting.length > 1 ? setting[1] : "");
        return true;
    }

    /** LaunchMode tells of it only later. */
    private static boolean isDevMode() {
        return System.getProperty(DevSite.PROJECT) != null;
    }

    private static Environment environment() {
        return new Environment(System.getenv(), System.getProperties(), !isDevMode());
    }

    /** What is wrong with a running server; null for nothing. */
    private static String health() {
        try {
            return Health.error(environment(), Site.current());
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return StartFailure.describe(e);
        }
    }

    private static ServerAddress address() {
        try {
            return isDevMode() ? ServerAddress.DEFAULT : Site.current().address();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            // Told when Quarkus starts.
            return ServerAddress.DEFAULT;
        }
    }

    private static void serve() {
        Environment environment = environment();
        Port port = address().given(environment);
        String host = ServerAddress.givenHost(environment);
        for (String error : new String[] { environment.error(), port == null ? null : port.error(), hostError(host) }) {
            if (error != null) {
                end(error, FAILED);
            }
        }
        environment.warnings().forEach(warning -> System.err.println("web-server: " + warning));
        // Quarkus would else refuse what java.net.URI does not take, such as /?a=b|c, which is nothing to a lookup. A native
        // executable has it built in, see application.properties.
        System.setProperty("vertx.disableURIValidation", "true");
        // Netty would else look for a temporary folder, warn where there is none, or make one.
        System.setProperty("io.netty.tmpdir", "/");
        if (System.getenv("HOSTNAME") == null) {
            // The log manager would else ask the network for this machine's name, and wait for an answer.
            System.setProperty("jboss.host.name", "localhost");
            System.setProperty("jboss.qualified.host.name", "localhost");
        }
        Quarkus.run(null, Main::stopped);
    }

    /** When the process began, since 1970. */
    static long startMillis() {
        return startMillis;
    }

    /** Here, for a start that fails there may be over before its event loop, which then logs an error as well. */
    private static String hostError(String host) {
        try {
            InetAddress.getByName(host);
            return null;
        } catch (UnknownHostException e) {
            return StartFailure.unknownHost(host);
        }
    }

    private static void stopped(int code, Throwable cause) {
        if (cause != null && LaunchMode.current() == LaunchMode.NORMAL) {
            end(StartFailure.describe(cause), code);
        } else if (cause != null) {
            // Quarkus shows where it was thrown.
            Logger.getLogger(Main.class).error(StartFailure.describe(cause));
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, cause);
    }

    /** Ends a start from another thread than the main one, for which what is done at exit would wait. */
    static IllegalStateException fail(String error) {
        System.err.println("web-server: " + error);
        Console.drain();
        Runtime.getRuntime().halt(FAILED);
        return new IllegalStateException(error);
    }

    /** Ends the process: with success where there is no error, else with the code given. */
    private static void end(String error, int code) {
        if (error == null) {
            System.exit(STOPPED);
        }
        System.err.println("web-server: " + error);
        System.exit(code);
    }
}
