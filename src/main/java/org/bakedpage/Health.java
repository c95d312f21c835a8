package org.bakedpage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** {@code web-server health}: the check for a HEALTHCHECK where there is neither a shell nor curl. */
final class Health {

    /** For the connection, and again for the answer. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
    private static final String REQUEST = "HEAD %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String STATUS = "HTTP/1.1 200";
    /** As a cluster's probe has it: the first page may be elsewhere. */
    private static final List<String> HEALTHY = List.of("HTTP/1.1 2", "HTTP/1.1 3");

    private Health() {
    }

    /** Asks the server whether it is up, or for its first page where no endpoint says so; null if it is, else what went wrong. */
    static String error(Environment start, Site site) {
        NonApplicationRoot endpoints = site.endpoints();
        ServerAddress.Listening at = site.address().listening(endpoints.port() == 0 ? ServerAddress.PAGES : ServerAddress.MANAGEMENT, start);
        return error(at.host(), at.port(), endpoints.path() == null ? site.root() + "/" : endpoints.path() + Endpoints.HEALTH);
    }

    /** @param host that it listens on; null, empty or any address for this machine's own */
    private static String error(String host, Port port, String path) {
        if (port.error() != null) {
            return port.error();
        }
        int timeoutMillis = (int) DEFAULT_TIMEOUT.toMillis();
        // A channel's socket, for the server has channels in it already.
        try (SocketChannel channel = SocketChannel.open()) {
            Socket socket = channel.socket();
            socket.connect(new InetSocketAddress(address(host), port.number()), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(REQUEST.formatted(Location.encodePath(path)).getBytes(US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(STATUS.length()), US_ASCII);
            return HEALTHY.stream().anyMatch(status::startsWith) ? null : "port " + port.value() + " answers " + status.strip();
        } catch (UnknownHostException e) {
            return StartFailure.unknownHost(host);
        } catch (IOException e) {
            return "port " + port.value() + " does not answer: " + e.getMessage();
        }
    }

    private static InetAddress address(String host) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(host == null ? "" : host);
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }
}
