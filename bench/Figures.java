import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Figures as they are shown. A dash stands for what was not measured. */
final class Figures {

    private static final String NONE = "–";

    private Figures() {
    }

    static String count(Optional<Stats> stats) {
        return of(stats, "%,.0f", Stats::median);
    }

    static String millis(Optional<Stats> micros) {
        return micros.isEmpty() ? NONE : shortened(micros.get().median() / 1e3);
    }

    static String mebibytes(Optional<Stats> bytes) {
        return of(bytes, "%.1f", stats -> stats.median() / (1 << 20));
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (double) (1 << 20));
    }

    static String megabytes(Optional<Stats> bytes) {
        return of(bytes, "%,.0f", stats -> stats.median() / 1e6);
    }

    static String spread(Optional<Stats> stats) {
        return of(stats, "%.0f %%", each -> each.spread() * 100);
    }

    static String ratio(Optional<Stats> stats, Optional<Stats> reference) {
        return reference.isEmpty() ? NONE : of(stats, "%.2f", each -> each.median() / reference.get().median());
    }

    /** Three digits that count. */
    static String shortened(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String of(Optional<Stats> stats, String format, ToDoubleFunction<Stats> figure) {
        return stats.map(each -> String.format(Locale.ROOT, format, figure.applyAsDouble(each))).orElse(NONE);
    }
}
