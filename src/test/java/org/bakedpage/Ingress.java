package org.bakedpage;

import java.util.List;
import java.util.stream.Collectors;

/** What stands before the pods, with no more settings than it needs; each place is a port of this machine. */
enum Ingress {

    /** It asks each pod whether it is ready. */
    HAPROXY {
        @Override
        List<String> command(Folder folder, int port, List<Integer> places, boolean retrying) {
            String servers = places.stream().map(place -> "  server s" + place + " 127.0.0.1:" + place + "\n").collect(Collectors.joining());
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
                      bind :%d
                      option httpchk GET %s
                      http-reuse aggressive
                      default-server check inter 200ms fall 1 rise 1
                    %s""".formatted(retrying ? "retry-on all-retryable-errors" : "", port, READY, servers)).toString());
        }
    },

    /** It knows only what its connections tell, and asks another pod where one does not answer: its default. */
    NGINX {
        @Override
        List<String> command(Folder folder, int port, List<Integer> places, boolean retrying) {
            String servers = places.stream().map(place -> "    server 127.0.0.1:" + place + " max_fails=1 fail_timeout=1s;\n")
                    .collect(Collectors.joining());
            String path = folder.path().toString();
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
                        listen %2$d;
                        keepalive_requests 1000000;
                        location / {
                          proxy_http_version 1.1;
                          proxy_set_header Connection "";
                          proxy_connect_timeout 1s;
                          proxy_pass http://pods;
                        }
                      }
                    }
                    """.formatted(path, port, servers)).toString());
        }
    };

    static final String READY = "/q/health/ready";

    /** @param retrying whether a request without an answer goes to another pod */
    abstract List<String> command(Folder folder, int port, List<Integer> places, boolean retrying);
}
