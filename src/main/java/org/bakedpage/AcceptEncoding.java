package org.bakedpage;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which codings a client takes, and how gladly: RFC 9110 section 12.5.3. */
final class AcceptEncoding {

    private static final Coding[] CODINGS = Coding.values();
    private static final int UNSAID = -1;
    private static final Pattern PARTS = Pattern.compile("\\s*;\\s*");
    private static final Pattern WEIGHT = Pattern.compile("q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");
    private static final AcceptEncoding NONE = new AcceptEncoding();
    private static final int MAX_WEIGHT = 1000;

    /** By ordinal of the coding, in thousandths. */
    private final int[] weights = new int[CODINGS.length];

    private AcceptEncoding() {
        weights[Coding.IDENTITY.ordinal()] = MAX_WEIGHT;
    }

    private AcceptEncoding(String field) {
        Arrays.fill(weights, UNSAID);
        int others = UNSAID;
        for (String element : field.split(",")) {
            String[] parts = PARTS.split(element.strip().toLowerCase(Locale.ROOT));
            int weight = parts.length > 1 ? weight(parts[1]) : MAX_WEIGHT;
            if (parts[0].equals("*")) {
                others = weight;
            }
            for (Coding coding : CODINGS) {
                if (parts[0].equals(coding.token()) || parts[0].equals("x-gzip") && coding == Coding.GZIP) {
                    weights[coding.ordinal()] = weight;
                }
            }
        }
        for (Coding coding : CODINGS) {
            if (weights[coding.ordinal()] == UNSAID) {
                // Identity is acceptable unless it is excluded, but what was asked for by name is wanted more.
                weights[coding.ordinal()] = others != UNSAID ? others : coding == Coding.IDENTITY ? 1 : 0;
            }
        }
    }

    /** @param field the field's value, several lines of it joined by commas; null where it was not sent */
    static AcceptEncoding of(String field) {
        return field == null ? NONE : new AcceptEncoding(field);
    }

    /** The most wanted, and of equals the smallest; identity where nothing is acceptable, for a page is better than none. */
    Representation choose(Page page) {
        Representation best = page.identity();
        int weight = 0;
        for (Representation candidate : page.representations()) {
            if (weights[candidate.coding().ordinal()] > weight) {
                best = candidate;
                weight = weights[candidate.coding().ordinal()];
            }
        }
        return best;
    }

    /** In thousandths, section 12.4.2; what is no weight is as if it were not there. */
    private static int weight(String parameter) {
        Matcher weight = WEIGHT.matcher(parameter);
        return weight.matches() ? (int) Math.round(Double.parseDouble(weight.group(1)) * MAX_WEIGHT) : MAX_WEIGHT;
    }
}
