package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The list of a newer mime-db is had by its version in pom.xml and
 * {@code ./mvnw test -Dtest=MediaTypesTest -Dmedia-types.write}.
 */
class MediaTypesTest {

    private static final Path LIST = Path.of("src/main/resources/org/bakedpage/bake", MediaTypes.LIST);
    private static final MediaTypes TYPES = new MediaTypes(Map.of());

    @Test
    void the_list_is_that_of_the_mime_db_in_the_pom() throws IOException {
        String list = new MimeDb().list();
        if (System.getProperty("media-types.write") != null) {
            Files.writeString(LIST, list);
        }
        assertEquals(list, Files.readString(LIST), "write it with -Dmedia-types.write");
    }

    @Test
    void every_extension_of_mime_db_gets_one_of_its_types() {
        new MimeDb().types().forEach((extension, types) -> {
            String type = essence(TYPES.of("/a/name." + extension));
            if (MediaTypes.EXCEPTIONS.containsKey(extension)) {
                assertEquals(MediaTypes.EXCEPTIONS.get(extension), type);
            } else {
                assertTrue(types.contains(type), extension + " is " + type + ", not of " + types);
            }
        });
    }

    private static String essence(String contentType) {
        return contentType.replace(";charset=utf-8", "");
    }

    @ParameterizedTest
    @CsvSource({
        "/app.js, text/javascript;charset=utf-8", "/app.mjs, text/javascript;charset=utf-8", "/app.cjs, text/javascript;charset=utf-8",
        "/app.css, text/css;charset=utf-8", "/index.html, text/html;charset=utf-8", "/a.htm, text/html;charset=utf-8",
        "/a.xhtml, application/xhtml+xml;charset=utf-8", "/sitemap.xml, application/xml;charset=utf-8",
        "/feed.rss, application/rss+xml;charset=utf-8", "/feed.atom, application/atom+xml;charset=utf-8", "/a.md, text/markdown;charset=utf-8",
        "/a.json, application/json;charset=utf-8", "/a.jsonld, application/ld+json;charset=utf-8", "/a.toml, application/toml",
        "/a.geojson, application/geo+json;charset=utf-8", "/a.webmanifest, application/manifest+json;charset=utf-8",
        "/a.vtt, text/vtt;charset=utf-8", "/a.txt, text/plain;charset=utf-8", "/a.csv, text/csv;charset=utf-8",
        "/a.svg, image/svg+xml;charset=utf-8", "/a.avif, image/avif", "/a.jxl, image/jxl", "/a.heic, image/heic", "/a.webp, image/webp",
        "/favicon.ico, image/vnd.microsoft.icon", "/a.bmp, image/bmp", "/a.woff, font/woff", "/a.woff2, font/woff2", "/a.ttf, font/ttf",
        "/a.otf, font/otf", "/a.wasm, application/wasm", "/a.mp4, video/mp4", "/a.webm, video/webm", "/a.mts, video/mp2t",
        "/a.mp3, audio/mpeg", "/a.m4a, audio/mp4", "/a.ogg, audio/ogg", "/a.mpd, application/dash+xml;charset=utf-8",
        "/a.glb, model/gltf-binary", "/a.gltf, model/gltf+json;charset=utf-8", "/a.stl, model/stl", "/a.obj, model/obj",
        "/a.pdf, application/pdf", "/a.zip, application/zip", "/a.rar, application/vnd.rar", "/a.rtf, application/rtf", "/a.gz, application/gzip",
    })
    void what_the_web_is_made_of_has_the_type_that_browsers_take(String path, String contentType) {
        assertEquals(contentType, TYPES.of(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/archive.tar.gz, application/gzip", "/app.js.map, application/json;charset=utf-8", "/PHOTO.JPG, image/jpeg",
        "/A.Html, text/html;charset=utf-8", "/v1.2/file, application/octet-stream", "/file., application/octet-stream",
        "/file.unknown, application/octet-stream", "/file, application/octet-stream", "/html, application/octet-stream",
        "/jquery-3.7.1.min.js, text/javascript;charset=utf-8", "/mp4.txt.mp4, video/mp4", "/caf\u00e9.html, text/html;charset=utf-8",
        "/LICENSE, text/plain;charset=utf-8", "/docs/README, text/plain;charset=utf-8", "/CNAME, text/plain;charset=utf-8",
        "/apple-app-site-association, application/json;charset=utf-8",
        "/.well-known/apple-app-site-association, application/json;charset=utf-8",
        "/.well-known/assetlinks.json, application/json;charset=utf-8", "/.well-known/security.txt, text/plain;charset=utf-8",
        "/.well-known/openid-configuration, application/json;charset=utf-8", "/openid-configuration, application/octet-stream",
        "/.well-known/matrix/server, application/json;charset=utf-8", "/.well-known/host-meta, application/xrd+xml;charset=utf-8",
        "/.well-known/api-catalog, application/linkset+json;charset=utf-8", "/.well-known/unheard-of, application/octet-stream",
    })
    void the_last_extension_counts_or_the_name(String path, String contentType) {
        assertEquals(contentType, TYPES.of(path));
    }

    @ParameterizedTest
    @CsvSource({
        "pmtiles, application/vnd.pmtiles, /map.pmtiles, application/vnd.pmtiles", ".md, text/plain, /a.MD, text/plain;charset=utf-8",
        "MD, text/plain; charset=latin1, /a.md, text/plain; charset=latin1", "tar.gz, application/x-gtar, /a.tar.gz, application/x-gtar",
        "tar.gz, application/x-gtar, /a.gz, application/gzip", "cjs, application/node, /a.cjs, application/node",
        "x, 'application/x;a=\"b;c\"', /a.x, 'application/x;a=\"b;c\"'",
    })
    void a_setting_is_ahead_of_the_list(String extension, String type, String path, String contentType) {
        assertEquals(contentType, new MediaTypes(Map.of(extension, type)).of(path));
    }

    @ParameterizedTest
    @CsvSource({ "md, markdown", "md, ''", "md, text/", "md, /plain", "md, text/plain;", "md, text/plain;charset", "md, text/plain;charset=",
        "md, text /plain", "md, text/pl\u00e4in", "md, 'text/plain, text/html'", "md, 'text/plain\r\nX-Other: 1'", "md, text/plain;a = b",
        "'', text/plain", "., text/plain", "a/b, text/plain", "'a\nb', text/plain" })
    void a_setting_that_is_no_media_type_is_an_error_of_one_line(String extension, String type) {
        String message = assertThrows(IllegalArgumentException.class, () -> new MediaTypes(Map.of(extension, type))).getMessage();
        assertTrue(message.startsWith("site.media-types.\"") && message.lines().count() == 1, message);
    }
}
