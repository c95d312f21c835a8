package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the executable to the size that was last accepted. docs/development.md says how another one is accepted. */
class SizeBudgetIT {

    /** Two builds of one source differ by less than a third of this. */
    private static final double MAX_GROWTH = 0.01;

    private static final Path TARGET = Path.of(System.getProperty("native.image.path")).getParent();
    private static final Path ACCEPTED = Containers.PROJECT.resolve("src/test/resources/size-budget.properties");

    @Test
    void the_executable_has_not_grown_by_more_than_a_hundredth() throws IOException {
        Measures measured = Measures.of(TARGET);
        if (System.getProperty("size-budget.accept") != null) {
            measured.write(ACCEPTED, "What the executable measured when its size was accepted, see SizeBudgetIT.");
        }
        Measures accepted = Measures.read(ACCEPTED);
        String growth = measured.growthSince(accepted);
        System.out.print("size, accepted -> measured:\n" + (growth.isEmpty() ? "the same\n" : growth));
        double limit = accepted.programBytes() * (1 + MAX_GROWTH);
        assertTrue(measured.programBytes() <= limit, () -> "it has grown by "
                + (measured.programBytes() - accepted.programBytes()) + " bytes without its site and padding:\n" + growth);
    }
}
