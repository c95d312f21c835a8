package org.bakedpage.bake;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a file's name has a hash of its content in it, as bundlers write it. A wrong yes keeps an old file for a year, a
 * wrong no costs a request an hour: doubt is a no.
 */
final class HashedName {

    /** Where the file lies: the more of what lies there is generated, the less a name must look it. */
    enum Place {
        /** A folder that is a generator's alone. */
        GENERATED,
        /** A generator's folder where authors put files too. */
        SHARED,
        ELSEWHERE
    }

    /** What bundlers emit. Documents and archives are not among them: people name those, and change what is in them. */
    private static final Set<String> TYPES = Set.of("js", "mjs", "css", "map", "wasm", "json", "webmanifest",
            "woff2", "woff", "ttf", "otf", "eot", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "jxl", "ico", "bmp",
            "mp4", "webm", "ogg", "ogv", "mp3", "m4a", "wav", "flac", "aac", "opus", "vtt", "glb", "gltf");

    /** Those that people do not number: eight digits are a hash here, and elsewhere an article or a photo. */
    private static final Set<String> CODE = Set.of("js", "mjs", "css", "map", "wasm");

    /**
     * What comes between hash and extension: app.HASH.min.js, app.HASH.js.map, Next's HASH-s.p.woff2, Rust's app-HASH_bg.wasm and
     * font-HASH.ttf.woff2.
     */
    private static final Pattern SUFFIX = Pattern.compile(
            "(?:\\.(?:min|chunk|lean|bundle|module|modern|legacy|worker|esm|js|mjs|css|styles|scp|ttf|otf)|_bg"
            + "|(?<=^[0-9a-f]{16})-s(?:\\.p)?)+$");

    /** Astro writes IMAGE.HASH_PARAMETERS.webp. */
    private static final Pattern PARAMETERS = Pattern.compile("(?<=[.-][A-Za-z0-9_-]{8})_[A-Za-z0-9]{4,7}$");

    /** webpack's, Parcel's, Next's, Hugo's: 8 to 64 digits. */
    private static final Pattern HEX = Pattern.compile("(?:(.*)[.-])?([0-9a-f]{8,64})");

    /** Rollup's and Vite's are 8 characters of base64url, esbuild's are 8 of base32; longer ones have no hyphen here. */
    private static final Pattern MIXED = Pattern.compile("(?:(.*)[.-])?([A-Za-z0-9_-]{8}|[A-Za-z0-9_]{9,22})");

    /** .NET's are 10 characters of base36 behind a dot, app.HASH.css. */
    private static final Pattern BASE36 = Pattern.compile("[0-9a-z]{10}");

    /** What .NET publishes besides, where a generator's folder vouches for it. */
    private static final Set<String> DOTNET_TYPES = Set.of("dll", "dat", "pdb");

    /** Two numbers at least, and neither a year nor a word. */
    private static final Pattern SHUFFLED = Pattern.compile("(?!.*(?:19|20)[0-9]{2})[a-z]*[0-9]+[a-z]+[0-9].*");
    private static final Pattern LETTERS = Pattern.compile("[a-z]{4,}");

    private static final Pattern BASE32 = Pattern.compile("[A-Z2-7]{8}");

    /** A UUID, or a number as it is ahead of the hash in the names of stock photos: it tells files apart, not their contents. */
    private static final Pattern IDENTIFIER = Pattern.compile(
            "(?:.*[^0-9a-f])?(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}|[0-9]{10,})");

    /** A year with a quarter or a half; year, month and day in this order or the other, with a time or a letter behind them. */
    private static final Pattern DATE = Pattern.compile("(?:19|20)[0-9]{2}[QH][1-4].{0,4}"
            + "|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]).{0,6}"
            + "|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}.?");

    /** An article: A1234567, 12345678b. */
    private static final Pattern NUMBER = Pattern.compile("[a-f]{0,3}[0-9]+|[0-9]+[a-f]?");

    /** A model, a standard, a postal code, a formula: GSX1300R, ISO9001B, C6H12O6x. Of hashes without small letters one in twenty does. */
    private static final Pattern MODEL = Pattern.compile("(?=(?:[^0-9]*[0-9]){4})[a-z]?[A-Z0-9]+[a-z]?");

    /** A standard, a size in pixels, a script of Chinese: EPSG3857, Logo44x44, zhHansCN. */
    private static final Pattern NAMED = Pattern.compile("[A-Z]{2,5}[0-9]{3,6}|.*[0-9]x[0-9]+|zhHan[st][A-Z]{0,2}");

    /** A word with a capital, be it one of any language, or one beside an abbreviation: Grzegorz, logo-DHL, DHL-Logo. */
    private static final Pattern SPELLED_OUT = Pattern.compile(
            "[A-Z][a-z]+|(?:[a-z]+|[A-Z][a-z]+)[-_][A-Z]{2,4}|[A-Z]{2,4}[-_](?:[a-z]+|[A-Z][a-z]+)");

    /** rustdoc names files after types: trait.StdExt.js. */
    private static final Pattern RUSTDOC = Pattern.compile(
            "(?:trait|struct|enum|union|type|fn|macro|constant|static|mod|primitive|attr|derive|keyword)");

    private static final int SURELY_HEX = 16;
    /** Of an identifier of MongoDB's, and of no usual hash. */
    private static final int OBJECT_ID = 24;

    private static final Pattern SPELLED = Pattern.compile(".*[a-f]{4}.*");

    private final Place place;
    private final boolean code;

    private HashedName(Place place, boolean code) {
        this.place = place;
        this.code = code;
    }

    static boolean isHashed(String name, Place place) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (dot <= 0 || !TYPES.contains(extension) && !(place == Place.GENERATED && DOTNET_TYPES.contains(extension))) {
            return false;
        }
        String stem = SUFFIX.matcher(name.substring(0, dot)).replaceFirst("");
        HashedName file = new HashedName(place, CODE.contains(extension));
        return file.isHashed(stem) || file.isHashed(PARAMETERS.matcher(stem).replaceFirst(""));
    }

    private boolean isHashed(String stem) {
        Matcher hex = HEX.matcher(stem);
        if (hex.matches()) {
            return isMarked(hex) && isHex(hex.group(2));
        }
        Matcher mixed = MIXED.matcher(stem);
        return mixed.matches() && isMarked(mixed)
                && (isMixed(mixed.group(2)) || isDotted(stem, mixed.start(2)) && isShuffled(mixed.group(2)));
    }

    private static boolean isDotted(String stem, int mark) {
        return mark > 0 && stem.charAt(mark - 1) == '.';
    }

    /** As .NET's are: of letters and digits in any order. */
    private boolean isShuffled(String mark) {
        if (!BASE36.matcher(mark).matches()) {
            return false;
        }
        if (place == Place.GENERATED) {
            return mark.chars().anyMatch(Character::isDigit) && !Words.readsAsName(mark, 3, 0);
        }
        // Behind a number the first letter may be the number's: 3dviewer.
        return SHUFFLED.matcher(mark).matches() && LETTERS.matcher(mark).results().map(MatchResult::group)
                .noneMatch(letters -> Words.readsAsName(letters, 3, 0) || Words.readsAsName(letters.substring(1), 3, 0));
    }

    /** A name that is a hash and nothing else counts where a generator made it. */
    private boolean isMarked(Matcher name) {
        return name.group(1) == null ? place != Place.ELSEWHERE
                : !IDENTIFIER.matcher(name.group(1)).matches() && !RUSTDOC.matcher(name.group(1)).matches();
    }

    private boolean isHex(String mark) {
        boolean digit = mark.chars().anyMatch(Character::isDigit);
        boolean letter = mark.chars().anyMatch(Character::isLetter);
        if (!digit || DATE.matcher(mark).matches()) {
            return false;
        }
        if (!letter) {
            return place != Place.ELSEWHERE && code && mark.length() == 8;
        }
        if (mark.length() == OBJECT_ID && !code && place != Place.GENERATED) {
            return false;
        }
        return mark.length() >= SURELY_HEX || place == Place.GENERATED || !isNumberOrWord(mark);
    }

    private boolean isNumberOrWord(String mark) {
        return !code && NUMBER.matcher(mark).matches() || SPELLED.matcher(mark).matches() && Words.readsAsName(mark, 3, 1);
    }

    private boolean isMixed(String mark) {
        boolean upper = mark.chars().anyMatch(Character::isUpperCase);
        boolean lower = mark.chars().anyMatch(Character::isLowerCase);
        boolean digit = mark.chars().anyMatch(Character::isDigit);
        if (place != Place.GENERATED && (NAMED.matcher(mark).matches() || DATE.matcher(mark).matches()
                || !code && SPELLED_OUT.matcher(mark).matches())) {
            return false;
        }
        if (mark.length() > 8) {
            boolean mixed = place == Place.GENERATED ? digit : place == Place.SHARED && upper && lower && digit;
            return mixed && !Words.readsAsName(mark, 2, 2);
        }
        if (place == Place.ELSEWHERE && !code && MODEL.matcher(mark).matches()) {
            return false;
        }
        if (place == Place.GENERATED && BASE32.matcher(mark).matches()) {
            return true;
        }
        return (upper || place != Place.ELSEWHERE && code && digit) && !readsAsName(mark);
    }

    private boolean readsAsName(String mark) {
        boolean capitals = mark.equals(mark.toUpperCase(Locale.ROOT));
        return place == Place.ELSEWHERE ? Words.readsAsName(mark, 2, 1) : Words.readsAsName(mark, 3, capitals && !code ? 1 : 0);
    }
}
