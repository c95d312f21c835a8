package org.bakedpage;

import java.util.Arrays;

/** Which codings a client takes, and how gladly: RFC 9110 section 12.5.3. */
final class AcceptEncoding {

    private static final Coding[] CODINGS = Coding.values();
    private static final int UNSAID = -1;
    private static final AcceptEncoding NONE = new AcceptEncoding();

    /** By ordinal of the coding, in thousandths. */
    private final int[] weights = new int[CODINGS.length];

    private AcceptEncoding() {
        weights[Coding.IDENTITY.ordinal()] = Weighted.MAX_WEIGHT;
    }

    private AcceptEncoding(String field) {
        Arrays.fill(weights, UNSAID);
        int others = UNSAID;
        Weighted element = new Weighted(field);
        while (element.next()) {
            if (element.is("*")) {
                others = element.weight();
            }
            for (Coding coding : CODINGS) {
                if (element.is(coding.token()) || coding == Coding.GZIP && element.is("x-gzip")) {
                    weights[coding.ordinal()] = element.weight();
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
}
