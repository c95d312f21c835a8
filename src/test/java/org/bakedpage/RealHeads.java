package org.bakedpage;

import java.util.List;

/** Heads of requests as programs send them to a server, without the empty line at their end. */
final class RealHeads {

    static final List<String> ALL = List.of(
            // Chromium behind an ingress of nginx
            """
            GET / HTTP/1.1
            Host: www.example.org
            X-Request-ID: 5f0b2c6e7d1a4c0e9b8f3a2d1c0e9f8a
            X-Real-IP: 203.0.113.7
            X-Forwarded-For: 203.0.113.7
            X-Forwarded-Host: www.example.org
            X-Forwarded-Port: 443
            X-Forwarded-Proto: https
            X-Forwarded-Scheme: https
            X-Scheme: https
            sec-ch-ua: "Chromium";v="142", "Not?A_Brand";v="24"
            sec-ch-ua-mobile: ?0
            sec-ch-ua-platform: "Linux"
            Upgrade-Insecure-Requests: 1
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8
            Sec-Fetch-Site: none
            Sec-Fetch-Mode: navigate
            Sec-Fetch-User: ?1
            Sec-Fetch-Dest: document
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: de-DE,de;q=0.9,en;q=0.8
            Cookie: session=Zm9vYmFy; theme=dark; lang="de"
            """,
            // Firefox, which has the page
            """
            GET /index.html?utm_source=x&utm_medium=y HTTP/1.1
            Host: localhost:8080
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br, zstd
            Connection: keep-alive
            Priority: u=0, i
            If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT
            If-None-Match: "xyz"
            """,
            // Safari, an image
            """
            GET /favicon.svg HTTP/1.1
            Host: Example.org
            Accept: image/webp,image/avif,image/jxl,image/heic,video/*;q=0.8,image/png,image/svg+xml,*/*;q=0.5
            Connection: keep-alive
            User-Agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15
            Accept-Language: en-GB,en;q=0.9
            Referer: http://Example.org/
            Accept-Encoding: gzip, deflate
            """,
            // A media player
            """
            GET /favicon.ico HTTP/1.1
            Host: 127.0.0.1:8080
            User-Agent: VLC/3.0.21 LibVLC/3.0.21
            Range: bytes=2-4
            If-Range: "abc"
            """,
            // curl
            """
            HEAD / HTTP/1.1
            Host: [::1]:8080
            User-Agent: curl/8.11.0
            Accept: */*
            """,
            // The probe of a cluster
            """
            GET / HTTP/1.1
            Host: 10.42.0.17:8080
            User-Agent: kube-probe/1.31
            Accept: */*
            Connection: close
            """,
            // Go's client behind a proxy, a path with escapes
            """
            GET /%69ndex.html HTTP/1.1
            Host: web_server.svc
            User-Agent: Go-http-client/1.1
            Traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
            Via: 1.1 varnish
            Accept-Encoding: gzip
            """,
            // A scanner
            """
            GET /.env HTTP/1.1
            Host: 203.0.113.1
            User-Agent: python-requests/2.32.3
            Accept-Encoding: gzip, deflate
            Accept: */*
            Connection: keep-alive
            """,
            // A cache that revalidates a list
            """
            GET / HTTP/1.1
            Host: www.example.org
            If-None-Match: W/"a", "b,c", "d"
            Accept-Encoding: br;q=1.0, gzip;q=0.5, *;q=0
            X-Varnish: 32770
            """,
            // curl behind nginx, as its proxy_pass sends it by default
            """
            GET / HTTP/1.0
            Host: 127.0.0.1:8080
            Connection: close
            User-Agent: curl/8.11.0
            Accept: */*
            """,
            // ApacheBench, with -k
            """
            GET / HTTP/1.0
            Connection: Keep-Alive
            Host: 127.0.0.1:8080
            User-Agent: ApacheBench/2.3
            Accept: */*
            """,
            // A download that goes on
            """
            GET /404.html HTTP/1.1
            Host: example.org
            User-Agent: Wget/1.24.5
            Accept: */*
            Accept-Encoding: identity
            Connection: Keep-Alive
            If-Unmodified-Since: Wed, 21 Oct 2065 07:28:00 GMT
            Range: bytes=100-
            """)
            .stream().map(head -> head.replace("\n", "\r\n")).toList();

    private RealHeads() {
    }
}
