package org.bakedpage;

/** The fields of a request, however they were read. */
interface RequestFields {

    /** The value of this field, several lines of it joined by commas (RFC 9110 section 5.3); null where there is none. */
    String get(CharSequence name);
}
