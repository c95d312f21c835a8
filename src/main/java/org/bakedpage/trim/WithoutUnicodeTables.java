package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.util.internal.StringUtil;
import java.util.Locale;

/**
 * Tables for what is not ASCII or can be counted: the few letters whose case depends on their neighbours or on the language
 * (a final sigma, Lithuanian and Turkish dots), which names of fields and hosts do not have, and the values of hexadecimal
 * digits.
 * Saved 544,768 bytes, 380 kB of them padding of the heap.
 */
final class WithoutUnicodeTables {

    @TargetClass(className = "java.lang.ConditionalSpecialCasing")
    static final class Casing {

        @Substitute
        static int toLowerCaseEx(String text, int index, Locale locale) {
            return Character.toLowerCase(text.codePointAt(index));
        }

        @Substitute
        static int toUpperCaseEx(String text, int index, Locale locale) {
            return Character.toUpperCase(text.codePointAt(index));
        }

        @Substitute
        static char[] toLowerCaseCharArray(String text, int index, Locale locale) {
            return Character.toChars(Character.toLowerCase(text.codePointAt(index)));
        }

        @Substitute
        static char[] toUpperCaseCharArray(String text, int index, Locale locale) {
            return Character.toChars(Character.toUpperCase(text.codePointAt(index)));
        }
    }

    @TargetClass(StringUtil.class)
    static final class Hexadecimal {

        @Substitute
        public static int decodeHexNibble(char digit) {
            return digit < 0x80 ? Character.digit(digit, 16) : -1;
        }

        @Substitute
        public static int decodeHexNibble(byte digit) {
            return digit >= 0 ? Character.digit(digit, 16) : -1;
        }
    }
}
