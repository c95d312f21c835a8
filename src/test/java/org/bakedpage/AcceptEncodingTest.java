package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

    /** Brotli's is the smallest. */
    private static final Page PAGE = new Page("text/html", "no-cache", List.of(Representation.of(Coding.IDENTITY, new byte[9]),
            Representation.of(Coding.GZIP, new byte[5]), Representation.of(Coding.ZSTD, new byte[4]),
            Representation.of(Coding.BROTLI, new byte[3])));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                             | identity
            ''                            | identity
            ','                           | identity
            ;                             | identity
            gzip                          | gzip
            GZip                          | gzip
            x-gzip                        | gzip
            'gzip, deflate, br, zstd'     | br
            ',,gzip ,'                    | gzip
            'gzip\t,\tzstd'               | zstd
            gz                            | identity
            b                             | identity
            gzipped                       | identity
            gzip br                       | identity
            gzip;q=0.5                    | gzip
            'gzip;q=0.5, identity'        | identity
            'gzip;q=0.5, identity;q=0.5'  | gzip
            'br;q=0.001, gzip;q=0.002'    | gzip
            'br;q=0.0, gzip;q=0.'         | identity
            'gzip;q=2, br;q=0.9'          | gzip
            gzip;q=0                      | identity
            'gzip, gzip;q=0'              | identity
            *                             | br
            '*;q=0.5, br;q=0'             | zstd
            '*;q=0'                       | identity
            'identity;q=0'                | identity
            'identity;q=0, *'             | br
            'identity;q=0, gzip'          | gzip
            'x;a="gzip, br", zstd'        | zstd
            """)
    void the_coding_wanted_most_is_chosen_and_of_equals_the_smallest(String field, String coding) {
        assertEquals(coding, AcceptEncoding.of(field).choose(PAGE).coding().token().toString());
    }

    @Test
    void time_is_linear() {
        NastyInput.assertLinear("", field -> AcceptEncoding.of(field).choose(PAGE));
    }
}
