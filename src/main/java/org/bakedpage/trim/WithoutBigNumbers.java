package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.math.BigInteger;
import java.util.Locale;

/**
 * Settings are numbers of a few digits: sizes of memory fit a long, and fractions need no more than a long and a power of ten.
 * Saved 557,056 bytes, 476 kB of them padding of the heap.
 */
final class WithoutBigNumbers {

    @TargetClass(MemorySizeConverter.class)
    static final class Sizes {

        /** @param value a number of bytes, or one followed by K, M, G, T, P or E in either case, as Quarkus documents it */
        @Substitute
        public MemorySize convert(String value) {
            String text = value.strip().toUpperCase(Locale.ROOT);
            if (text.isEmpty()) {
                return null;
            }
            int unit = "KMGTPE".indexOf(text.charAt(text.length() - 1)) + 1;
            try {
                long number = Long.parseLong(unit == 0 ? text : text.substring(0, text.length() - 1).strip());
                if (number >= 0) {
                    return new MemorySize(BigInteger.valueOf(Math.multiplyExact(number, 1L << 10 * unit)));
                }
            } catch (NumberFormatException | ArithmeticException e) {
                // the same error as for a negative number
            }
            throw new IllegalArgumentException(value + " is not a size of memory: give a number of bytes, or one with K, M or G");
        }
    }

    @TargetClass(className = "io.smallrye.config.Converters", innerClass = "DoubleConverter")
    static final class Doubles {

        @Substitute
        public Double convert(String value) {
            return fraction(value);
        }
    }

    @TargetClass(className = "io.smallrye.config.Converters", innerClass = "FloatConverter")
    static final class Floats {

        @Substitute
        public Float convert(String value) {
            return (float) fraction(value);
        }
    }

    /** A number with a decimal point at most, and no exponent. */
    private static double fraction(String value) {
        String text = value.strip();
        int point = text.indexOf('.');
        if (point < 0) {
            return Long.parseLong(text);
        }
        String digits = text.substring(point + 1);
        double number = Long.parseLong(text.substring(0, point) + digits);
        for (int i = 0; i < digits.length(); i++) {
            number /= 10;
        }
        return number;
    }
}
