package org.bakedpage;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import sun.misc.Signal;

/** The program: {@code web-server} serves until it is told to stop, {@code web-server health} asks it how it does. */
@QuarkusMain
public final class Main {

    static final int STOPPED = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    public static void main(String... arguments) {
        List<String> commands = Stream.of(arguments).filter(argument -> !isSetting(argument)).toList();
        if (commands.isEmpty()) {
            serve();
        } else if (commands.equals(List.of("health"))) {
            end(Health.complaint(Port.configured()), FAILED);
        } else {
            end("unknown argument '" + commands.get(0) + "': without any it serves, 'health' asks the one that serves",
                    WRONG_USAGE);
        }
    }

    /** {@code -Dkey=value}, as a JVM takes it, sets a property; a native executable has no virtual machine in front to take it. */
    private static boolean isSetting(String argument) {
        if (!argument.startsWith("-D")) {
            return false;
        }
        String[] setting = argument.substring(2).split("=", 2);
        System.setProperty(setting[0], setting.length > 1 ? setting[1] : "");
        return true;
    }

    private static void serve() {
        String complaint = complaint();
        if (complaint != null) {
            end(complaint, FAILED);
        }
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

    /** What Quarkus would not tell, or not in words that name the setting. */
    private static String complaint() {
        for (String key : SiteConfig.BUILT_IN) {
            String variable = key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
            if (System.getenv(variable) != null) {
                return variable + ": " + key + " is decided when it is built";
            }
        }
        String port = Port.configured().complaint();
        return port != null ? port : hostComplaint(System.getenv("QUARKUS_HTTP_HOST"));
    }

    /** Here, for a start that fails there may be over before its event loop, which then complains as well. */
    private static String hostComplaint(String host) {
        try {
            InetAddress.getByName(host);
            return null;
        } catch (UnknownHostException e) {
            return StartFailure.unknownHost(host);
        }
    }

    /** To be stopped is no failure: left to itself the exit code would be 128 and the signal's number. */
    void stopOnSignals(@Observes StartupEvent started,
            @ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "4s") Duration timeout) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            for (String stop : new String[] { "TERM", "INT" }) {
                Signal.handle(new Signal(stop), signal -> stop(timeout));
            }
        }
    }

    /** Quarkus itself waits for answers to be written, if told to, not for them to be sent; nor does it see those of the memo. */
    private static void stop(Duration timeout) {
        try {
            Connections.stop(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Quarkus.asyncExit(STOPPED);
    }

    private static void stopped(int code, Throwable cause) {
        if (cause != null && LaunchMode.current() == LaunchMode.NORMAL) {
            end(StartFailure.describe(cause), code);
        } else if (cause != null) {
            Logger.getLogger(Main.class).error("Failed to start", cause);
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, cause);
    }

    /** Ends the process: with success where there is no complaint, else with the code given. */
    private static void end(String complaint, int code) {
        if (complaint == null) {
            System.exit(STOPPED);
        }
        System.err.println("web-server: " + complaint);
        System.exit(code);
    }
}
