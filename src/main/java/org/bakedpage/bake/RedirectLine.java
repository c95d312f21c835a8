package org.bakedpage.bake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bakedpage.RedirectPattern;

/**
 * A line of {@code _redirects}: source, destination, status, as the Web _redirects File Specification of IPFS has it, with Netlify's '!'
 * behind a status. What Netlify has besides depends on who asks, and is refused.
 */
final class RedirectLine {

    private static final Set<Integer> STATUSES = Set.of(200, 301, 302, 303, 307, 308, 404, 410, 451);
    private static final Pattern STATUS = Pattern.compile("([0-9]{3})(!?)");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_.~-]+)=.*");
    private static final Pattern SPLAT = Pattern.compile(":splat(?![A-Za-z0-9_])");

    private static final String NO_SESSION = ": this server knows neither users nor sessions";
    private static final Map<String, String> CONDITIONS = Map.of("country", ": this server does not know where a client is",
            "language", ": a redirect here is the same for every language; link to each language's pages",
            "role", NO_SESSION, "cookie", NO_SESSION, "sign", ": nothing is proxied here", "signed", ": nothing is proxied here");

    private final RuleFile file;
    private final String[] words;

    private RedirectLine(RuleFile file, String line) {
        this.file = file;
        int comment = 1;
        String[] all = line.split("\\s+");
        while (comment < all.length && !all[comment].startsWith("#")) {
            comment++;
        }
        words = Arrays.copyOf(all, comment);
    }

    /** @throws IllegalArgumentException with the reason, if there is no such rule here */
    static Rule read(RuleFile file, String line) {
        return new RedirectLine(file, line).rule();
    }

    private Rule rule() {
        int fragment = words[0].indexOf('#');
        if (fragment > 0) {
            file.warn("the fragment of " + words[0] + " is ignored: a browser does not send it");
        }
        String source = Source.of(fragment > 0 ? words[0].substring(0, fragment) : words[0]);
        int star = source.indexOf('*');
        if (star >= 0 && star < source.length() - 1) {
            throw new IllegalArgumentException(words[0] + " has an asterisk that is not at its end");
        }
        boolean own = words.length > 1 && STATUS.matcher(words[1]).matches();
        String destination = own && words[1].startsWith("200") && star >= 0 ? source.replace("*", ":splat")
                : words.length == 1 || own ? null : words[1];
        if (destination == null) {
            throw new IllegalArgumentException("no destination; only a source with an asterisk may do without, with status 200");
        }
        if (PAIR.matcher(destination).matches()) {
            throw new IllegalArgumentException(destination + ": rules are for paths, whatever the query is");
        }
        int next = own ? 1 : 2;
        Matcher status = STATUS.matcher(words.length > next ? words[next] : "301");
        for (int i = next; i < words.length; i++) {
            refuseCondition(words[i], i > next);
        }
        if (!status.matches() || !STATUSES.contains(Integer.valueOf(status.group(1)))) {
            throw new IllegalArgumentException(words[next] + " is no status of a rule: 200, 301, 302, 303, 307, 308, 404, 410, 451");
        }
        return rule(source, destination, Integer.parseInt(status.group(1)), !status.group(2).isEmpty());
    }

    private static void refuseCondition(String word, boolean isExtra) {
        Matcher pair = PAIR.matcher(word);
        String reason = pair.matches() ? CONDITIONS.get(pair.group(1).toLowerCase(Locale.ROOT)) : null;
        if (reason != null || isExtra) {
            throw new IllegalArgumentException(word + (reason != null ? reason : " is one word too many: source, destination, status"));
        }
    }

    private Rule rule(String source, String word, int status, boolean forced) {
        String destination = Destination.of(word);
        if (status / 100 != 3) {
            if (!destination.startsWith("/")) {
                throw new IllegalArgumentException(word + " with " + status + " would be a proxy's: only files of the site are served");
            }
            destination = Destination.withoutFragment(destination).replaceFirst("\\?.*", "");
        }
        if (SPLAT.matcher(word).find() && source.indexOf('*') < 0 && !source.contains(":" + RedirectPattern.SPLAT)) {
            throw new IllegalArgumentException(word + " has :splat, and the source no asterisk");
        }
        if (source.endsWith("*") && word.endsWith("/*")) {
            file.warn("the asterisk of " + word + " is sent as it is: what the source's stands for is :splat");
        }
        return new Rule(file.line(), source, status, destination, forced);
    }
}
