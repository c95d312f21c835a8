package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.util.Formatter;
import java.util.Locale;

/**
 * Format strings as messages have them, in place of the whole languages of java.util.Formatter and java.text.MessageFormat,
 * which bring decimal fractions, dates, and the symbols of locales. No answer to a request is made with a format string; only
 * messages of libraries are.
 * Saved 1,896,448 bytes.
 */
final class MessageFormats {

    @TargetClass(Formatter.class)
    static final class Percent {

        @Alias
        private Appendable a;

        @Alias
        private IOException lastException;

        @Alias
        private native void ensureOpen();

        @Substitute
        public Formatter format(Locale locale, String format, Object... arguments) {
            ensureOpen();
            try {
                a.append(MessageFormat.format(format, arguments));
            } catch (IOException e) {
                lastException = e;
            }
            return (Formatter) (Object) this;
        }
    }

    @TargetClass(java.text.MessageFormat.class)
    static final class Braces {

        @Substitute
        public static String format(String pattern, Object... arguments) {
            return MessageFormat.formatBraces(pattern, arguments);
        }
    }
}
