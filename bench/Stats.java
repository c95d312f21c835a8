import java.util.Optional;
import java.util.stream.DoubleStream;

/** Repeated measurements of one thing. */
record Stats(double median, double min, double max, int count) {

    /** Nothing where nothing was measured, or what was is no number. */
    static Optional<Stats> of(DoubleStream values) {
        double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Stats(median, sorted[0], sorted[sorted.length - 1], sorted.length));
    }

    /** How far apart the extremes are, as a part of the median. */
    double spread() {
        return (max - min) / median;
    }
}
