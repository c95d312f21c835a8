import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All contenders, each tuned as far as its own documentation goes, with two workers or event loops where it can have them. */
final class Contenders {

    static final String WEB_SERVER = "web-server";
    static final String NGINX = "nginx";
    static final String FLOOR = "floor";

    static final List<String> IDS = List.of(WEB_SERVER, "web-server-no-memo", "stock", NGINX, "lighttpd", "busybox", "node",
            "jwebserver", FLOOR);

    private static final Path FOLDER = Path.of("target/bench");
    private static final List<String> IN_LOG = List.of();

    private final Options options;

    Contenders(Options options) {
        this.options = options;
    }

    Contender make(String id) throws IOException, NotMeasured {
        int port = options.port + IDS.indexOf(id);
        return switch (id) {
            case WEB_SERVER -> webServer(port, "true");
            case "web-server-no-memo" -> webServer(port, "false");
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
            case FLOOR -> floor(options.port + IDS.size());
            default -> throw new IllegalArgumentException(id);
        };
    }

    private Contender webServer(int port, String memo) throws IOException, NotMeasured {
        boolean isGiven = options.webServer != null;
        String measured = (isGiven ? options.webServer.toAbsolutePath() : Builds.webServer(true)).toString();
        Map<String, String> environment = quarkus(port, Map.of("SITE_FAST_PATH", memo));
        if (memo.equals("false")) {
            return Contender.of("web-server-no-memo", "web-server, no memo", port, IN_LOG, "the same with SITE_FAST_PATH=false",
                    measured).withEnvironment(environment).withShipped();
        }
        return Contender.of(WEB_SERVER, "web-server", port, IN_LOG, "two event loops", measured)
                .withEnvironment(environment).withShipped(isGiven ? measured : Builds.webServer(false).toString());
    }

    private Contender stock(int port) throws IOException, NotMeasured {
        return Contender.of("stock", "stock Quarkus, native", port, IN_LOG,
                "two event loops; the defaults of Quarkus: linked with glibc, no compression; it unpacks its files below /tmp",
                Builds.stock(true).toString()).withShipped(Builds.stock(false).toString())
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
        return Contender.of("lighttpd", "lighttpd", port, List.of("lighttpd", "-v"),
                "two workers; sendfile, compressed files kept, no log: bench/contenders/lighttpd.conf",
                "lighttpd", "-D", "-f", fill("lighttpd.conf", port).toString());
    }

    private static Contender jwebserver(int port) throws IOException, NotMeasured {
        String executable = Builds.jwebserver().toString();
        return Contender.of("jwebserver", "jwebserver, native", port, List.of(executable, "-version"),
                "one thread, which is all it offers; its settings against delay and for many connections", executable,
                "-Dsun.net.httpserver.nodelay=true", "-Dsun.net.httpserver.maxIdleConnections=4096", "-b", "127.0.0.1",
                "-p", "" + port, "-d", Site.ALL_PAGES.toAbsolutePath().toString(), "-o", "none");
    }

    private static Contender floor(int port) throws IOException, NotMeasured {
        List<String> command = new ArrayList<>(List.of(Builds.c("bench/contenders/floor.c", "floor").toString()));
        for (Measure measure : Measure.ALL) {
            Path answer = FOLDER.resolve("answers").resolve(measure.id());
            Files.createDirectories(answer.getParent());
            Files.write(answer, constantAnswer(measure));
            command.add("" + (port + Measure.ALL.indexOf(measure)));
            command.add(answer.toString());
        }
        return Contender.of(FLOOR, "floor", port, List.of("gcc", "--version"),
                "two threads that parse nothing: the limit of this machine, bench/contenders/floor.c",
                command.toArray(String[]::new));
    }

    private static byte[] constantAnswer(Measure measure) throws IOException {
        String close = measure.keepsAlive() ? "" : "Connection: close\r\n";
        byte[] content = Site.content(measure.path());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (measure.asks() == Measure.Asks.NOT_MODIFIED) {
            answer.writeBytes("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return answer.toByteArray();
        }
        boolean isCompressed = measure.asks() == Measure.Asks.GZIP;
        content = isCompressed ? Site.gzip(content) : content;
        String encoding = isCompressed ? "Content-Encoding: gzip\r\n" : "";
        answer.writeBytes(("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"1\"\r\n" + encoding + close + "Content-Length: "
                + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(content);
        return answer.toByteArray();
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
