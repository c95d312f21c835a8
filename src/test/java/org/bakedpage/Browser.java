package org.bakedpage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads pages over HTTP/1.1. */
final class Browser {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();

    /**
     * One request, one answer.
     *
     * @param fields names and values in turn
     */
    HttpResponse<byte[]> get(URI address, String... fields) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT);
        try {
            return client.send((fields.length == 0 ? request : request.headers(fields)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The content at an address whose server may still be about to start. */
    byte[] read(URI address, Duration startLimit) {
        return Poll.until(address + " answers 200", startLimit, () -> {
            try {
                HttpResponse<byte[]> response = get(address);
                return response.statusCode() == 200 ? response.body() : null;
            } catch (IOException e) {
                return null;
            }
        });
    }
}
