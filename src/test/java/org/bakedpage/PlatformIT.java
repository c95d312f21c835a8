package org.bakedpage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a browser does only where media type, status and fields are exactly right, with the policy as it is by default: with
 * -Dsites=FOLDER, as {@link SitesIT}. The site is src/test/sites/platform; what is not text in it, or oddly named, is made here.
 */
class PlatformIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String ANSWERS = """
            inline script: run
            import map: 42
            module: 42
            JSON module: 42
            CSS module: 1
            WebAssembly: [object WebAssembly.Instance]
            worker: works
            worker of a blob: works
            service worker: works
            image: decoded
            frame: framed
            seeking in a recording: 60
            captions: spoken
            folder: /folder/?a=b
            name to encode: big
            path of odd characters: odd
            query of odd characters: 200
            many at once: 1
            downloads that are broken off: { "answer": 42 }
            many cookies: 200
            HEAD: application/json;charset=utf-8""";

    @TestFactory
    Stream<DynamicTest> a_site_can_use_what_browsers_have() {
        return Stream.of(Ingress.values()).filter(ingress -> System.getProperty("sites") != null)
                .map(ingress -> DynamicTest.dynamicTest(ingress.name(), () -> visit(ingress)));
    }

    private static void visit(Ingress ingress) throws Exception {
        try (Folder folder = new Folder("platform"); Containers containers = new Containers();
                PublishedSite site = new PublishedSite(containers, ingress, Map.of("site.directory", write(folder).toString()));
                Chromium chromium = site.chromium(); Tab tab = chromium.open()) {
            // Not until it is quiet: the end of a worker's own request is told to the worker's inspector alone.
            tab.call("Page.navigate", Map.of("url", site.address().toString()));
            Object answers = Poll.until("the page's answers", LIMIT, () -> tab.evaluate("window.answers"));
            assertAll(() -> assertEquals(ANSWERS, answers),
                    () -> assertTrue(tab.visit().transfers().contains("206 " + site.address() + "recording.wav")),
                    () -> assertEquals(List.of(), tab.call("Page.getAppManifest", Map.of()).getJsonArray("errors").getList()),
                    () -> assertEquals(List.of(), tab.visit().faults()),
                    () -> assertEquals(List.of(), tab.visit().warnings()),
                    () -> assertEquals(List.of(), site.log()));
        }
    }

    private static Path write(Folder folder) throws IOException {
        folder.copy(Path.of("src/test/sites/platform"), "");
        folder.write("a b & 100%.txt", "big");
        folder.write("[a]|!$&'()*+,;=:@-._~.txt", "odd");
        Files.write(folder.path().resolve("empty.wasm"), HexFormat.of().parseHex("0061736d01000000"));
        Files.write(folder.path().resolve("recording.wav"), silence(60));
        return folder.path();
    }

    /** A WAVE file, 16 bit at 44.1 kHz: more than a browser asks for at a time. */
    private static byte[] silence(int seconds) {
        int rate = 44_100;
        int size = seconds * rate * Short.BYTES;
        return ByteBuffer.allocate(44 + size).order(LITTLE_ENDIAN)
                .put("RIFF".getBytes(US_ASCII)).putInt(36 + size).put("WAVEfmt ".getBytes(US_ASCII)).putInt(16)
                .putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * Short.BYTES).putShort((short) Short.BYTES)
                .putShort((short) Short.SIZE).put("data".getBytes(US_ASCII)).putInt(size).array();
    }
}
