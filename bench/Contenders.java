import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All contenders, each tuned as far as its own documentation goes, with two workers or event loops where it can have them. */
final class Contenders {

    static final String WEB_SERVER = "web-server";
    static final String NGINX = "nginx";
    static final String BASELINE = "baseline";
    private static final String LONG_WAY = "web-server-long-way";

    static final List<String> IDS = List.of(WEB_SERVER, LONG_WAY, "stock", NGINX, "lighttpd", "busybox", "node", "jwebserver",
            BASELINE);

    private static final Path FOLDER = Path.of("target/bench");
    private static final List<String> IN_LOG = List.of();

    private final Options options;

    Contenders(Options options) {
        this.options = options;
    }

    /** @param others who were made before: the baseline sends what they send */
    Contender make(String id, List<Contender> others) throws IOException, NotMeasured {
        int port = options.port + options.contenders.indexOf(id);
        if (options.executables.containsKey(id)) {
            return executable(id, port);
        }
        return switch (id) {
            case WEB_SERVER -> webServer(port);
            case LONG_WAY -> longWay(port);
            case "stock" -> stock(port);
            case NGINX -> nginx(port);
            case "lighttpd" -> lighttpd(port);
            case "busybox" -> {
                require("busybox", "busybox");
                yield Contender.of(id, "BusyBox httpd", port, List.of("busybox"), "a process per connection, no keep-alive",
                        "busybox", "httpd", "-f", "-p", "127.0.0.1:" + port, "-h", Site.WITH_GZ.toString()).withForks();
            }
            case "node" -> {
                require("node", "nodejs");
                yield Contender.of(id, "Node", port, List.of("node", "--version"), "a stream per request, two processes",
                        "node", "bench/contenders/node.js", "" + port, Site.ALL_PAGES.toString());
            }
            case "jwebserver" -> jwebserver(port);
            case BASELINE -> Baseline.of(options.port + options.contenders.size(), others, options.measures);
            default -> throw new IllegalArgumentException(id);
        };
    }

    private Contender webServer(int port) throws IOException, NotMeasured {
        String remark = "two event loops" + (options.webServer != null ? "; not built from this commit, but given" : "");
        return Contender.of(WEB_SERVER, "web-server", port, IN_LOG, remark, measured())
                .withEnvironment(quarkus(port, Map.of()))
                .withShipped(options.webServer != null ? measured() : Builds.webServer(false).toString());
    }

    private Contender longWay(int port) throws IOException, NotMeasured {
        return Contender.of(LONG_WAY, "web-server, without its fast path", port, IN_LOG, "the same with SITE_FAST_PATH=false",
                measured()).withEnvironment(quarkus(port, Map.of("SITE_FAST_PATH", "false"))).withShipped();
    }

    private String measured() throws IOException, NotMeasured {
        return (options.webServer != null ? Builds.given(WEB_SERVER, options.webServer)
                : Builds.webServer(options.needsFiles())).toString();
    }

    /** Another executable of the project, mostly an older one. */
    private Contender executable(String name, int port) throws IOException, NotMeasured {
        return Contender.of(name, "web-server " + name, port, IN_LOG, "two event loops; an executable given by --executable",
                Builds.given(name, options.executables.get(name)).toString()).withEnvironment(quarkus(port, Map.of()))
                .withItsOwnPage();
    }

    private Contender stock(int port) throws IOException, NotMeasured {
        return Contender.of("stock", "stock Quarkus, native", port, IN_LOG,
                "two event loops; the defaults of Quarkus: linked with glibc, no compression; it unpacks its files below /tmp",
                Builds.stock(options.needsFiles()).toString()).withShipped(Builds.stock(false).toString())
                .withEnvironment(quarkus(port, Map.of()));
    }

    /** Quarkus makes two event loops per core unless it is told. */
    private static Map<String, String> quarkus(int port, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", "" + port);
        environment.put("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "2");
        return environment;
    }

    private static Contender nginx(int port) throws IOException, NotMeasured {
        require("nginx", "nginx-light");
        fill("nginx.conf", port);
        return Contender.of(NGINX, "nginx", port, List.of("nginx", "-v"),
                "two workers; sendfile, open_file_cache, reuseport, gzip_static, no log: bench/contenders/nginx.conf",
                "nginx", "-p", FOLDER.toString(), "-c", "nginx.conf");
    }

    private static Contender lighttpd(int port) throws IOException, NotMeasured {
        require("lighttpd", "lighttpd lighttpd-mod-deflate");
        String configuration = fill("lighttpd.conf", port).toString();
        Path log = Bench.LOG.resolve("lighttpd.check.log");
        Processes.run(List.of("lighttpd", "-tt", "-f", configuration), Map.of(), log);
        if (Files.readString(log).contains("dlopen() failed")) {
            throw new NotMeasured("it lacks a module: install it, on Debian by apt-get install lighttpd-mod-deflate");
        }
        return Contender.of("lighttpd", "lighttpd", port, List.of("lighttpd", "-v"),
                "two workers; sendfile, compressed files kept, no log: bench/contenders/lighttpd.conf",
                "lighttpd", "-D", "-f", configuration);
    }

    private static Contender jwebserver(int port) throws IOException, NotMeasured {
        String executable = Builds.jwebserver().toString();
        return Contender.of("jwebserver", "jwebserver, native", port, List.of(executable, "-version"),
                "one thread, which is all it offers; its settings against delay and for many connections", executable,
                "-Dsun.net.httpserver.nodelay=true", "-Dsun.net.httpserver.maxIdleConnections=4096", "-b", "127.0.0.1",
                "-p", "" + port, "-d", Site.ALL_PAGES.toAbsolutePath().toString(), "-o", "none");
    }

    /** Fills in a template of bench/contenders. */
    private static Path fill(String name, int port) throws IOException, NotMeasured {
        Path temporary = FOLDER.resolve(name + "-temporary").toAbsolutePath();
        Files.createDirectories(temporary);
        String text = Files.readString(Path.of("bench/contenders", name))
                .replace("${port}", "" + port)
                .replace("${site}", Site.WITH_GZ.toAbsolutePath().toString())
                .replace("${temporary}", temporary.toString())
                .replace("${user}", System.getProperty("user.name"));
        return Files.writeString(FOLDER.resolve(name), text);
    }

    static void require(String command, String packages) throws NotMeasured {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, command))) {
                return;
            }
        }
        throw new NotMeasured("there is no " + command + ": install it, on Debian by apt-get install " + packages);
    }

    static String withoutFolder(String text) {
        return text.replace(Path.of("").toAbsolutePath() + "/", "");
    }
}
