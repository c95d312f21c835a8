package features;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.TimeZone;

/** Prints what the environment sets. */
final class Environment {

    private Environment() {
    }

    static void main(String[] arguments) {
        System.out.println("zone " + TimeZone.getDefault().getID() + " "
                + LocalDateTime.of(2026, 7, 1, 12, 0).atZone(ZoneId.systemDefault()).getOffset());
        System.out.println("locale " + Locale.getDefault());
        System.out.println("variable " + System.getenv("FEATURES_VARIABLE"));
        System.out.println("property " + System.getProperty("features.property"));
    }
}
