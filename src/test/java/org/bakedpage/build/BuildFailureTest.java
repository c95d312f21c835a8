package org.bakedpage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class BuildFailureTest {

    @Test
    void the_reason_is_one_line_and_never_nothing() {
        assertEquals("site.a=b is not c", BuildFailure.reason(new IllegalArgumentException("site.a=b\n\tis not c")));
        assertEquals("NoSuchElementException", BuildFailure.reason(new NoSuchElementException()));
        assertEquals("EOFException", BuildFailure.reason(new EOFException(null)));
    }
}
