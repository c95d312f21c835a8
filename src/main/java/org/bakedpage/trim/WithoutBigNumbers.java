package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.math.BigInteger;
import java.util.Locale;

/** Sizes of memory fit a long; Quarkus multiplies them as big numbers. */
@TargetClass(MemorySizeConverter.class)
final class WithoutBigNumbers {

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
            // the same complaint as for a negative number
        }
        throw new IllegalArgumentException(value + " is not a size of memory: give a number of bytes, or one with K, M or G");
    }
}
