package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            registry.example.org/group/name:1.0 | registry.example.org   | group/name       | 1.0      | false
            localhost:5000/name                 | localhost:5000         | name             | latest   | true
            localhost/name:1                    | localhost              | name             | 1        | true
            127.0.0.1:5000/a/b/c@sha256:ab      | 127.0.0.1:5000         | a/b/c            | sha256:ab | true
            127.0.0.1:5000/name:1@sha256:ab     | 127.0.0.1:5000         | name             | sha256:ab | true
            localhost.example.org/name          | localhost.example.org  | name             | latest   | false
            name                                | registry-1.docker.io   | library/name     | latest   | false
            group/name:2                        | registry-1.docker.io   | group/name       | 2        | false
            docker.io/group/name:2              | registry-1.docker.io   | group/name       | 2        | false
            docker.io/name                      | registry-1.docker.io   | library/name     | latest   | false
            """)
    void has_host_repository_and_reference(String image, String host, String repository, String reference, boolean isLocal) {
        ImageName name = ImageName.of(image);
        assertEquals(new ImageName(host, repository, reference), name);
        assertEquals(isLocal, name.isLocal());
    }
}
