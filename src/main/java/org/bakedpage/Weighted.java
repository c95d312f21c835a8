package org.bakedpage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One element of a list in which a client says how much it wants what, RFC 9110 section 12.4.2.
 *
 * @param name in lower case, without parameters
 * @param weight in thousandths; what is no weight is as if it were not there
 */
record Weighted(String name, int weight) {

    static final int MAX_WEIGHT = 1000;

    private static final Pattern WEIGHT = Pattern.compile(";[ \t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)[ \t]*(?:;|$)");

    static List<Weighted> list(String field) {
        List<Weighted> elements = new ArrayList<>();
        for (String element : field.split(",")) {
            int end = element.indexOf(';');
            String name = end < 0 ? element : element.substring(0, end);
            elements.add(new Weighted(name.strip().toLowerCase(Locale.ROOT), end < 0 ? MAX_WEIGHT : weight(element)));
        }
        return elements;
    }

    /** Whether a list, null where it was not sent, names this and does not refuse it. */
    static boolean contains(String field, String name) {
        if (field != null) {
            for (Weighted element : list(field)) {
                if (element.name.equals(name) && element.weight > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int weight(String element) {
        Matcher weight = WEIGHT.matcher(element);
        // One digit and up to three behind a point are, filled up and without it, thousandths.
        return weight.find() ? Integer.parseInt((weight.group(1).replace(".", "") + "000").substring(0, 4)) : MAX_WEIGHT;
    }
}
