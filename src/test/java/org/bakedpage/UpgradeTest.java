package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What .ci/upgrade refuses before it changes anything; what it does asks Maven's repository for newer versions. */
class UpgradeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --apply                                  | usage: .ci/upgrade [--apply PROPERTY VERSION]
            --apply mime-db.version                  | usage: .ci/upgrade [--apply PROPERTY VERSION]
            --apply mime-db.version 1.54.0 more      | usage: .ci/upgrade [--apply PROPERTY VERSION]
            --take mime-db.version 1.54.0            | usage: .ci/upgrade [--apply PROPERTY VERSION]
            --apply mime-db 1.54.0                   | mime-db=1.54.0 is not a property of pom.xml with a version
            --apply mime-db.version newest           | mime-db.version=newest is not a property of pom.xml with a version
            --apply mime-db.version 1:s/a/b          | mime-db.version=1:s/a/b is not a property of pom.xml with a version
            --apply mime.db.version 1.54.0           | pom.xml has no property mime.db.version
            """)
    void what_is_no_version_of_the_pom_is_refused(String arguments, String message) {
        List<String> command = new ArrayList<>(List.of(".ci/upgrade"));
        command.addAll(List.of(arguments.split(" ")));
        assertEquals(new Command.Result(1, "", "upgrade: " + message + "\n"), new Command(command).in(Containers.PROJECT).run());
    }
}
