package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a start that fails: one line, of the cause that a user can mend. */
class StartFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0 | 8080 | Address already in use | port 8080 is in use; set PORT to a free port
            0.0.0.0 | 65535 | Address in use | port 65535 is in use; set PORT to a free port
            a | 8080 | bind(..) failed: Address in use | port 8080 is in use; set PORT to a free port
            0.0.0.0 | 80 | Permission denied | no permission to listen on port 80; set PORT to 1024 or above
            a | 0 | Address not available | cannot listen on port 0: Address not available (QUARKUS_HTTP_HOST=a)
            ::1 | 1 | Cannot assign | cannot listen on port 1: Cannot assign (QUARKUS_HTTP_HOST=::1)
            """)
    void a_port_that_cannot_be_had_is_named(String host, int port, String reason, String line) {
        QuarkusBindException failure = new QuarkusBindException(host, port, new BindException(reason));
        assertEquals(line, StartFailure.describe(failure));
        assertEquals(line, StartFailure.describe(new RuntimeException("Failed to start", new IllegalStateException(failure))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a.b.c                            | cannot resolve QUARKUS_HTTP_HOST=a.b.c
            a.b.c: Name or service not known | cannot resolve QUARKUS_HTTP_HOST=a.b.c
            ::1                              | cannot resolve QUARKUS_HTTP_HOST=::1
            fe80::1%none: No such device     | cannot resolve QUARKUS_HTTP_HOST=fe80::1%none
            -                                | cannot start: java.net.UnknownHostException
            """)
    void a_host_that_is_not_known_is_named(String message, String line) {
        assertEquals(line, StartFailure.describe(new UnknownHostException(message)));
        Exception outer = new RuntimeException("Failed to start", new UnknownHostException(message));
        assertEquals(line, StartFailure.describe(outer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            no room                   | cannot start: no room
            ' \\n  two \\n\\t lines\\r\\n ' | cannot start: two lines
            ''                        | cannot start: java.lang.IllegalStateException
            ' \\n '                   | cannot start: java.lang.IllegalStateException
            -                         | cannot start: java.lang.IllegalStateException
            """)
    void of_any_other_failure_the_innermost_is_told_in_one_line(String escaped, String line) {
        Exception innermost = new IllegalStateException(escaped == null ? null : escaped.translateEscapes());
        assertEquals(line, StartFailure.describe(innermost));
        assertEquals(line, StartFailure.describe(new RuntimeException(new RuntimeException("Failed to start", innermost))));
    }

    @Test
    void an_error_is_told_as_an_exception_is() {
        assertEquals("cannot start: Java heap space", StartFailure.describe(new OutOfMemoryError("Java heap space")));
        assertEquals("cannot start: java.lang.StackOverflowError", StartFailure.describe(new StackOverflowError()));
    }
}
