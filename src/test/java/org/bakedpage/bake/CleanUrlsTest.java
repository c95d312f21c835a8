package org.bakedpage.bake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanUrlsTest {

    /** "=" is the page of that file, ">" a redirect. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /index.html                  | false | KEEP | / = /index.html
            /index.html                  | true  | KEEP | / = /index.html, /index.html > ./
            /index.html                  | true  | ADD  | / = /index.html, /index.html > ./
            /index.html                  | true  | DROP | / = /index.html, /index.html > ./
            /a.html                      | false | KEEP | /a = /a.html
            /a.html                      | true  | KEEP | /a = /a.html, /a.html > ./a, /a/ > ../a
            /d/a.html                    | false | DROP | /d/a = /d/a.html, /d/a.html > ./a, /d/a/ > ../a
            /d/a.html                    | false | ADD  | /d/a > ./a/, /d/a.html > ./a/, /d/a/ = /d/a.html
            /d/index.html                | false | KEEP | /d > ./d/, /d/ = /d/index.html
            /d/index.html                | true  | KEEP | /d > ./d/, /d/ = /d/index.html, /d/index.html > ./
            /d/index.html                | false | ADD  | /d > ./d/, /d/ = /d/index.html, /d/index.html > ./
            /d/index.html                | false | DROP | /d = /d/index.html, /d/ > ../d, /d/index.html > ../d
            /a.html /a                   | true  | KEEP | ''
            /d /d/index.html             | false | KEEP | /d/ = /d/index.html
            /d.html /d/index.html        | false | KEEP | /d = /d.html, /d/ = /d/index.html
            /d.html /d/index.html        | true  | KEEP | /d = /d.html, /d.html > ./d, /d/ = /d/index.html, /d/index.html > ./
            /d.html /d/index.html        | false | ADD  | /d = /d.html, /d.html > ./d, /d/ = /d/index.html, /d/index.html > ./
            /d.html /d/index.html        | false | DROP | /d = /d.html, /d.html > ./d, /d/ = /d/index.html, /d/index.html > ./
            /404.html /de/404.html       | true  | ADD  | ''
            /.html /a.htm /a.HTML /x.css | true  | ADD  | ''
            /caf\u00e9.html              | true  | KEEP | /caf\u00e9 = /caf\u00e9.html, /caf\u00e9.html > ./caf%C3%A9, /caf\u00e9/ > ../caf%C3%A9
            /a?b%#.html                  | true  | DROP | /a?b%# = /a?b%#.html, /a?b%#.html > ./a%3Fb%25%23, /a?b%#/ > ../a%3Fb%25%23
            /javascript:x/index.html     | false | KEEP | /javascript:x > ./javascript:x/, /javascript:x/ = /javascript:x/index.html
            """)
    void a_page_is_found_at_these_paths(String files, boolean redirecting, CleanUrls.Slash slash, String expected) {
        Map<String, CleanUrls.Answer> answers = CleanUrls.of(List.of(files.split(" ")), redirecting, slash);
        assertEquals(expected, answers.entrySet().stream().map(answer -> answer.getKey() + (answer.getValue().file() != null
                ? " = " + answer.getValue().file() : " > " + answer.getValue().location())).collect(Collectors.joining(", ")));
    }
}
