package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quarkus's own rules: a path without a slash at its begin is below the root path; the management interface has a root of its own. */
class NonApplicationRootTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /     | q    | false | 9000 | q    | /q
            ''    | q    | false | 9000 | q    | /q
            docs  | q    | false | 9000 | q    | /docs/q
            /docs/| q/   | false | 9000 | q    | /docs/q
            /docs | /    | false | 9000 | q    | -
            /     | /    | false | 9000 | q    | ''
            /café | q    | false | 9000 | q    | -
            /docs | q    | on    | 9001 | q    | 9001:/q
            /docs | /q   | false | 9000 | q    | -
            /docs | /docs/own/x | false | 9000 | q | /docs/own/x
            /docs | /docs| false | 9000 | q    | /docs
            /docs | /docsq | false | 9000 | q  | -
            /docs | q    | true  | 9000 | q    | 9000:/q
            /     | q    | true  | 9001 | /m/  | 9001:/m
            /     | q    | true  | 9001 | /    | 9001:
            """)
    void where_it_is_follows_the_settings(String root, String path, String management, String port, String managementPath, String expected) {
        Map<String, String> settings = Map.of("quarkus.http.root-path", root, "quarkus.http.non-application-root-path", path,
                "quarkus.management.enabled", management, "quarkus.management.port", port, "quarkus.management.root-path", managementPath);
        NonApplicationRoot found = NonApplicationRoot.of(key -> Optional.ofNullable(settings.get(key)));
        assertEquals(expected, found.toString());
        assertEquals(found, NonApplicationRoot.parse(expected));
    }

    /** Behind the root path, as a route of the application has it; what is not below that is the default. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /     | q           | false | /q
            /     | admin       | false | /admin
            /     | /admin/own/ | true  | /admin/own
            /     | /           | false | ''
            /docs | q           | false | /q
            /docs | /docs/own   | false | /own
            /docs | /docs       | false | ''
            /docs | /admin      | false | /q
            """)
    void what_dev_mode_has_is_there_as_well(String root, String path, String management, String expected) {
        Map<String, String> settings = Map.of("quarkus.http.root-path", root, "quarkus.http.non-application-root-path", path,
                "quarkus.management.enabled", management);
        assertEquals(expected, NonApplicationRoot.inDevMode(key -> Optional.ofNullable(settings.get(key))));
    }

    /** What is left to the router, and what of it is an operator's: nothing that a page could answer. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /q      | /q/health        | true  | true
            /q      | /q/health/       | true  | true
            /q      | /q/health/live?x | true  | true
            /q      | /q/health?       | true  | true
            /q      | /q/metrics       | true  | true
            /q      | /q/health/../../ | true  | false
            /q      | /q/health/other  | true  | false
            /q      | /q/metrics/x     | true  | false
            /q      | /q/healthy       | false | false
            /q      | /q               | false | false
            /q      | /health          | false | false
            /q      | /Q/health        | false | false
            ''      | /health          | true  | true
            -       | /q/health        | false | false
            9000:/q | /q/health        | false | false
            """)
    void an_operators_request_is_known_by_its_target(String root, String target, boolean covered, boolean operators) {
        assertEquals(covered, NonApplicationRoot.parse(root).covers(target));
        assertEquals(operators, NonApplicationRoot.parse(root).is(target, Endpoints.ALL));
    }
}
