package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a mark in a name is one that somebody thought of (JohnDoe1, SemiBold, IMG_2024) or comes of a hash: people write
 * syllables, few abbreviations and one number, and a hash is all changes between capitals, letters and digits.
 */
final class Words {

    private static final Pattern SEPARATOR = Pattern.compile("[-_]");

    /** Parts of a name: numbers, capitals, words with or without a capital. */
    private static final Pattern PART = Pattern.compile("[0-9]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

    /** What goes with a word: Theme_v2, Windows_x64, JPMorgan, iPhone, Q3Report, MillerB. */
    private static final Pattern BESIDE_A_WORD = Pattern.compile(
            "(?<=[_-]|[A-Za-z]{3})[vV][0-9]{1,2}$"
            + "|(?<=[a-z]{3}[0-9]{1,3})[A-Za-z]$|(?<=[A-Za-z]{2}_)[xX](?:64|86)$"
            + "|^(?:[A-Z]{1,4}|[a-z]|[A-Z][0-9])(?=[A-Z][a-z]{3})|(?<=[a-z]{5})[A-Z]$");

    private static final int MOST_WORDS = 3;
    private static final int LONGEST_ABBREVIATION = 4;

    /** How syllables of Europe's languages and names begin and end, where it is with more than one consonant. */
    private static final Set<String> ONSETS = words("""
            bh bl br ch chl chr cl cr cz dh dj dr dw dz fj fl fr gh gl gn gr gw hr jh kh kl kn kr kv kw lh ll mb mc mn nd ng
            nk ny pf pfl ph phl phr pl pn pr ps pt qu rh rz sc sch schl schm schn schr schw scr sf sh shr sk skr sl sm sn sp
            sph spl spr sq st str sv sw sz szcz th thr thw tj tr ts tsch tw tz vl vr wh wr zh zl zw""");
    private static final Set<String> CODAS = words("""
            bb bs bst bt cc ch chs chst cht chts ck cks ckst cs ct cts dd ds dst dt dth ff fft fs ft fts gg gh ght ghts gs
            gst gt gth hl hls hm hn hns hr hrs hrt hs hst ht kk ks kst kt lb lbs lch ld lds lf lfs lft lg lk lks ll lls lm
            lms ln lp lps ls lst lt lth lts lv lz mb mbs mm mms mn mp mpf mps mpt ms mst mt nc nch nd nds ndt nf ng ngs ngst
            ngt ngth ngths nk nks nkt nn nns nnt ns nsch nst nt nth nths nts nx nz pf pfs pp pps ps pst pt pth pts rb rbs
            rbt rc rch rd rds rf rfs rft rg rgs rk rks rkt rl rld rlds rls rm rms rmt rn rns rnt rp rps rr rrs rs rsch rst
            rt rth rths rts rtz rx rz sch scht sh sk sks sm sms sp sps ss sst st sts tch th ths ts tsch tt tts tz tzt wd wds
            wk wks wl wls wn wns ws wt xt xts zz""");

    /** Words without a vowel, and short ones. */
    private static final Set<String> ABBREVIATIONS = words("""
            ad ai al am an as at be bg by cdn cmyk co crm css csv da de dl dns do dr du dvd el en er es et eu fps ftp gdpr
            go gps gpu hd hdr he hi hq hr html http https hvac id if im img in is it jpg js kb kml kpi la le lg lo ltd lts
            mb mc md me mp mr mrs ms mvp my no nr of ok on or os pc pdf php png ppt prd pt px qr rgb rss sdk sms so sql src srv
            ssl st std str svg th thx tls tmp to ts ttf tv txt ui uk un up us ux vba vpn vr vs we xhtml xl xml xs xyz zu""");

    private static final Pattern ONSET = Pattern.compile("^[bcdfghjklmnpqrstvwxz]{2,}");
    private static final Pattern CODA = Pattern.compile("[bcdfghjklmnpqrstvwxz]{2,}$");
    private static final Pattern CLUSTER = Pattern.compile("[bcdfghjklmnpqrstvwxz]{5,}");
    private static final Pattern VOWEL = Pattern.compile("[aeiouy]");

    /** Letters that go with others in few words, and in hashes with any. */
    private static final Pattern RARE = Pattern.compile("q(?!u)|[jq]$|[bcdfghjklmnpqrstvwxz]x[bcdfgjklmnpqrsvwxz]|j[cfghklmnpqrstvwxz]"
            + "|[xzjqv]{2}(?<!zz|vv)|v[bcdfghjkmpqtwxz]|[cfghjkmpqtvwx]j|([a-z])\\1\\1");

    private Words() {
    }

    private static Set<String> words(String list) {
        return Set.of(list.split("\\s"));
    }

    /**
     * @param shortest how many letters count as a word: with 2, fewer hashes are known as such, and fewer names taken for one
     * @param doubts how many abbreviations may be in it
     */
    static boolean readsAsName(String mark, int shortest, int doubts) {
        int words = 0;
        int doubtful = 0;
        for (String segment : SEPARATOR.split(BESIDE_A_WORD.matcher(mark).replaceAll(""))) {
            List<String> parts = parts(segment);
            if (!hasOneNumber(parts)) {
                return false;
            }
            for (String part : parts) {
                if (!isNumber(part)) {
                    words++;
                    doubtful += doubt(part, shortest);
                }
            }
        }
        return words + doubtful <= MOST_WORDS && doubtful <= doubts;
    }

    private static List<String> parts(String segment) {
        List<String> parts = new ArrayList<>();
        for (Matcher part = PART.matcher(segment); part.find();) {
            parts.add(part.group());
        }
        return parts;
    }

    /** At one of its ends, or between words of which one is not all capitals: Win32App. */
    private static boolean hasOneNumber(List<String> parts) {
        int numbers = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (isNumber(parts.get(i))) {
                numbers++;
                if (i > 0 && i < parts.size() - 1 && isCapitals(parts.get(i - 1)) && isCapitals(parts.get(i + 1))) {
                    return false;
                }
            }
        }
        return numbers <= 1;
    }

    private static boolean isNumber(String part) {
        return Character.isDigit(part.charAt(0));
    }

    private static boolean isCapitals(String part) {
        return part.chars().allMatch(Character::isUpperCase);
    }

    private static int doubt(String part, int shortest) {
        String word = part.toLowerCase(Locale.ROOT);
        if (ABBREVIATIONS.contains(word) || word.length() >= shortest && isWord(word, shortest > 2)) {
            return 0;
        }
        // Vba and Ecg beside a word, where doubt counts for a name.
        int longest = isCapitals(part) ? LONGEST_ABBREVIATION : shortest == 2 ? 3 : 1;
        return part.length() <= longest ? 1 : 2;
    }

    private static boolean isWord(String word, boolean strict) {
        Matcher onset = ONSET.matcher(word);
        Matcher coda = CODA.matcher(word);
        return VOWEL.matcher(word).find() && !RARE.matcher(word).find() && !CLUSTER.matcher(word).find()
                && (!onset.find() || ONSETS.contains(onset.group()))
                && (!coda.find() || CODAS.contains(coda.group()) || !strict && coda.group().length() <= 3);
    }
}
