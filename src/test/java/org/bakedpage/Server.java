package org.bakedpage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The executable, running on a free port of the loopback until it is closed. What it says goes to a file. */
record Server(Process process, int port, long millisToFirstAnswer, Folder folder) implements AutoCloseable {

    /** What is in a line that says that it started or stopped. */
    static final String OF_START_AND_STOP = " INFO  [io.quarkus] ";
    private static final String OUT = "out";
    private static final String ERR = "err";
    /** For the first answer: a JVM needs longer than an executable. */
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Server start(String executable) throws IOException, InterruptedException {
        return start(executable, Map.of());
    }

    static Server start(String executable, Map<String, String> environment) throws IOException, InterruptedException {
        return start(List.of(executable), environment);
    }

    static Server start(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        int port = freePort();
        Folder folder = new Folder("web-server-log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.redirectOutput(folder.path().resolve(OUT).toFile()).redirectError(folder.path().resolve(ERR).toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            awaitAnswer(process, port, start);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            process.destroyForcibly();
            folder.close();
            throw e;
        }
        return new Server(process, port, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), folder);
    }

    /** What it has said, apart from that it started and stopped. */
    String log() {
        return said().lines().filter(line -> !line.contains(OF_START_AND_STOP)).collect(Collectors.joining("\n"));
    }

    String said() {
        try {
            return Files.readString(folder.path().resolve(OUT)) + Files.readString(folder.path().resolve(ERR));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long privateKib() throws IOException {
        return privateKib(process.pid());
    }

    /** In KiB, what is the process's own, written by it. A file that is not on the disk yet is dirty, but not its own. */
    static long privateKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Anonymous:")).mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /** What the descriptors of a process lead to, and "closed" for one that it closes meanwhile. */
    static List<String> descriptors(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.map(Server::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed";
        }
    }

    /** Sends the signal that asks it to end. */
    void terminate() {
        process.destroy();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        folder.close();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A plain socket, for an HTTP client's own start would be measured too. */
    private static void awaitAnswer(Process process, int port, long start) throws IOException, InterruptedException {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) START_LIMIT.toMillis());
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
                if (socket.getInputStream().read() == 'H') {
                    return;
                }
                throw new IOException("port " + port + " does not speak HTTP");
            } catch (ConnectException e) {
                if (!process.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
                    process.destroyForcibly();
                    throw new IOException("it did not start to listen on port " + port, e);
                }
                Thread.sleep(1);
            }
        }
    }
}
