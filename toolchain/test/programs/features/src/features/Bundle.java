package features;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** Greets in a language, with that language's way to write numbers and dates. */
final class Bundle {

    private Bundle() {
    }

    static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String tag : arguments) {
            Locale locale = Locale.forLanguageTag(tag);
            DateTimeFormatter date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
            out.println(ResourceBundle.getBundle("texts.greetings", locale).getString("hello")
                    + String.format(locale, " %,.2f ", 1234567.891)
                    + date.format(LocalDate.of(2026, 1, 20)));
        }
    }
}
