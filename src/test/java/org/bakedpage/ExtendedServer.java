package org.bakedpage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A copy of the project with extensions, built and running: on a JVM, or with {@code -Dextensions=native} as an executable. */
record ExtendedServer(ProjectCopy project, Server server) implements AutoCloseable {

    private static final boolean NATIVE = "native".equals(System.getProperty("extensions"));
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(NATIVE ? 20 : 4);

    /** @param project is closed with it, also where it does not start */
    static ExtendedServer start(ProjectCopy project, Map<String, String> environment) throws IOException, InterruptedException {
        try {
            project.maven("package", "-DskipTests", NATIVE ? "-Pnative,whole" : "-q").within(BUILD_LIMIT).succeed();
            return new ExtendedServer(project, Server.start(NATIVE ? List.of(project.path().resolve("target/web-server").toString())
                    : List.of("java", "-jar", project.path().resolve("target/quarkus-app/quarkus-run.jar").toString()), environment));
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            project.close();
            throw e;
        }
    }

    /** @param request method and path */
    String exchange(String request, String fields) throws IOException {
        String[] words = request.split(" +");
        String content = words[0].equals("POST") ? "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc" : "\r\n";
        try (Wire wire = new Wire(server.port())) {
            return wire.send(words[0] + " " + words[1] + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + content)
                    .receiveToEnd();
        }
    }

    /** Its value; null where there is none. */
    static String field(String received, String name) {
        return received.lines().takeWhile(line -> !line.isEmpty()).filter(line -> line.toLowerCase().startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2)).findFirst().orElse(null);
    }

    String said() {
        return server.said();
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
        project.close();
    }
}
