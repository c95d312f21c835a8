package org.bakedpage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands before servers, with no more settings than it needs; each place is a port of this machine. */
enum Ingress {

    /** It asks each of several servers whether it is ready. A check has 200 ms to connect, too few where all processors are taken. */
    HAPROXY {
        @Override
        List<String> command(Folder folder, int port, List<Integer> places, Set<Option> options) {
            String servers = places.stream().map(place -> "  server s" + place + " 127.0.0.1:" + place + "\n")
                    .collect(Collectors.joining());
            String forwarded = """
                      option forwardfor
                      http-request set-header X-Forwarded-Proto https
                    """;
            return List.of("haproxy", "-db", "-f", folder.write("haproxy.cfg", """
                    global
                      maxconn 4000
                    defaults
                      mode http
                      timeout connect 1s
                      # By default that of the interval, in which a machine that does much else may not come to answer.
                      timeout check 5s
                      timeout client 30s
                      timeout server 30s
                      timeout http-keep-alive 30s
                      option redispatch 1
                      retries 3
                      %s
                    listen ingress
                      bind :%d%s
                    %s  option httpchk GET %s
                      http-reuse aggressive
                      %s
                    %s""".formatted(options.contains(Option.RETRY) ? "retry-on all-retryable-errors" : "", port,
                    options.contains(Option.TLS) ? " ssl crt " + folder.path().resolve(CERTIFICATE) + " alpn h2,http/1.1" : "",
                    options.contains(Option.TLS) ? forwarded : "", READY,
                    places.size() > 1 ? "default-server check inter 200ms fall 1 rise 1" : "", servers)).toString());
        }
    },

    /** It knows only what its connections tell, and asks another server where one does not answer: its default. */
    NGINX {
        @Override
        List<String> command(Folder folder, int port, List<Integer> places, Set<Option> options) {
            String servers = places.stream().map(place -> "    server 127.0.0.1:" + place + " max_fails=1 fail_timeout=1s;\n")
                    .collect(Collectors.joining());
            String path = folder.path().toString();
            String tls = """
                        ssl_certificate %1$s/%2$s;
                        ssl_certificate_key %1$s/%2$s.key;
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto https;
                    """.formatted(path, CERTIFICATE);
            return List.of("nginx", "-p", path, "-e", path + "/error.log", "-c", folder.write("nginx.conf", """
                    daemon off;
                    pid %1$s/pid;
                    worker_processes 1;
                    events { worker_connections 4000; }
                    http {
                      access_log off;
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      upstream pods {
                    %3$s    keepalive 64;
                      }
                      server {
                        listen %2$d%4$s;
                        keepalive_requests 1000000;
                    %5$s    proxy_set_header Connection "";
                        location / {
                          proxy_http_version 1.1;
                          proxy_connect_timeout 1s;
                          # What it would write to this folder it may not: it runs as another user.
                          proxy_max_temp_file_size 0;
                          proxy_pass http://pods;
                        }
                      }
                    }
                    """.formatted(path, port, servers, options.contains(Option.TLS) ? " ssl http2" : "",
                    options.contains(Option.TLS) ? tls : "")).toString());
        }
    };

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    static final String READY = "/q/health/ready";
    /** For TLS it is in the folder of the settings, its key beside it in a file of the same name and {@code .key}. */
    static final String CERTIFICATE = "certificate.pem";

    enum Option {
        /** A request without an answer goes to another server. */
        RETRY,
        /** TLS with HTTP/2 to the client, who is named to the server. */
        TLS
    }

    /** Returns once it listens. */
    Program start(Folder folder, int port, List<Integer> places, Set<Option> options) throws IOException {
        Program proxy = new Command(command(folder, port, places, options)).start();
        if (!Poll.holds(START_LIMIT, () -> Wire.connects(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))) {
            String said = proxy.err();
            proxy.close();
            throw new IOException(this + " does not serve: " + said);
        }
        return proxy;
    }

    abstract List<String> command(Folder folder, int port, List<Integer> places, Set<Option> options);
}
