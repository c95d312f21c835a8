package org.bakedpage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** A site as its readers reach it: in a container FROM scratch, behind an ingress that ends TLS and speaks HTTP/2. */
final class PublishedSite implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String IMAGE = "web-server-it-site";

    private final Folder folder = new Folder("ingress");
    private final int serverPort = Server.freePort();
    private final int port = Server.freePort();
    private final Container container;
    private final Program proxy;

    /** @param settings the site's, with what is served */
    PublishedSite(Containers containers, Ingress ingress, Map<String, String> settings) throws IOException {
        try (BakedSite site = new BakedSite(settings)) {
            containers.build(site.path(), "src/main/docker/Dockerfile.native", IMAGE);
        }
        // Chromium drops what it is reading when a network interface comes or goes, as a container's own does.
        container = containers.startStrictly(Containers.HOST_NETWORK, "--env", "PORT=" + serverPort,
                "--env", "QUARKUS_HTTP_HOST=127.0.0.1", IMAGE);
        new Browser().read(server(), START_LIMIT);
        Path certificate = folder.path().resolve(Ingress.CERTIFICATE);
        new Command("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2",
                "-subj", "/CN=web-server", "-addext", "subjectAltName=IP:127.0.0.1",
                "-out", certificate.toString(), "-keyout", certificate + ".key").succeed();
        try {
            proxy = ingress.start(folder, port, List.of(serverPort), EnumSet.of(Ingress.Option.TLS));
        } catch (IOException e) {
            container.remove();
            folder.close();
            throw e;
        }
    }

    /** As a browser has it. */
    URI address() {
        return URI.create("https://127.0.0.1:" + port + "/");
    }

    /** Past the ingress. */
    URI server() {
        return URI.create("http://127.0.0.1:" + serverPort + "/");
    }

    /** What the server has said, apart from that it started. */
    List<String> log() {
        Command.Result logs = container.logs();
        return (logs.out() + logs.err()).lines().filter(line -> !line.contains(Server.OF_START_AND_STOP)).toList();
    }

    /** A browser that trusts the ingress. Of one that it only puts up with it would keep nothing in its cache. */
    Chromium chromium() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.path().resolve(Ingress.CERTIFICATE))) {
            byte[] key = CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey().getEncoded();
            String hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
            return new Chromium("--ignore-certificate-errors-spki-list=" + hash);
        }
    }

    @Override
    public void close() {
        proxy.close();
        container.remove();
        folder.close();
    }
}
