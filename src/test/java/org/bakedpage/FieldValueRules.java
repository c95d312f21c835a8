package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for the values of a request, whatever they are; by a second, plain reading where there is one. A character is a byte. */
final class FieldValueRules {

    private static final int LENGTH = 100;
    private static final Instant TIME = Instant.ofEpochSecond(784_111_777);
    private static final Site SITE = site();
    private static final AcceptEncodings KNOWN = new AcceptEncodings();
    private static final AccessLogPattern JSON_LINE = AccessLogPattern.of("json");
    private static final AccessLogPattern COMBINED = AccessLogPattern.of("combined");
    /** RFC 9110 section 14.1.1, of one range. */
    private static final Pattern RANGE = Pattern.compile("(?i:bytes)=[ \t,]*([0-9]*)-([0-9]*)[ \t,]*");
    /** RFC 9110 section 8.8.3. */
    private static final Pattern TAGS = Pattern.compile("[ \t,]*((W/)?\"[!#-~\u0080-\u00ff]*\"[ \t]*(,[ \t,]*|$))+");
    /** RFC 9110 section 12.4.2, without parameters but the weight. */
    private static final Pattern CODING = Pattern.compile("[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*"
            + "(?:;[ \t]*[qQ]=([01](?:\\.[0-9]{0,3})?)[ \t]*)?");
    /** RFC 3986 section 3.2.2 and 3.2.3. */
    private static final Pattern HOST = Pattern.compile("((?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*|"
            + "\\[[0-9A-Fa-f:.]+\\])(?::([0-9]*))?");

    private static final int REPEATED_BYTES = 1 << 17;
    /** Of the thread alone, however busy the machine is; what is not linear takes many times as long. */
    private static final long MAX_NANOS = 1_000_000_000L;
    private static final List<Consumer<String>> PARSERS = List.of(value -> ByteRange.of(value, LENGTH), AcceptEncoding::of,
            value -> new Conditions(fields(value), SITE.page("/").identity().etag(), SITE.lastModified(SITE.page("/"))).isUnmodified(),
            HttpDate::parse, Host::isValid, value -> RequestPath.of("/" + value), value -> Location.withQuery("/", value),
            value -> FieldList.contains(value, "close"), value -> Weighted.weight(value, "text/html"),
            value -> new RedirectPattern("/:a/b/*", "/:splat/:a").destination("/" + value, value));

    private FieldValueRules() {
    }

    private static Site site() {
        List<Representation> codings = new ArrayList<>();
        for (Coding coding : Coding.values()) {
            codings.add(Representation.of(coding, "x".repeat(LENGTH - coding.ordinal()).getBytes(UTF_8)));
        }
        Page page = new Page("text/html", "no-cache", codings);
        Map<String, Page> files = Map.of("/index.html", page, "/404.html", page, "/a", page, "/r", Page.redirect(301, "/to#there"));
        return SiteWriter.site(files, null, TIME);
    }

    /** @param input a line for each value: the target, then those of fields, in the order of this method */
    static void check(String input) {
        String[] lines = input.split("\n", -1);
        Map<String, String> fields = new HashMap<>();
        List<Object> names = List.of(HttpHeaderNames.RANGE, HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderNames.IF_NONE_MATCH,
                HttpHeaderNames.IF_MATCH, HttpHeaderNames.IF_MODIFIED_SINCE, HttpHeaderNames.IF_UNMODIFIED_SINCE, HttpHeaderNames.IF_RANGE,
                HttpHeaderNames.ACCEPT);
        for (int i = 1; i < lines.length && i <= names.size(); i++) {
            if (!lines[i].isEmpty()) {
                fields.put(names.get(i - 1).toString(), lines[i]);
            }
        }
        for (String line : lines) {
            checkRange(line);
            checkAcceptEncoding(line);
            checkTags(line);
            checkDate(line);
            checkHost(line);
            checkPath("/" + line);
        }
        checkOutcome("/" + lines[0], name -> fields.get(name.toString()));
    }

    private static void checkRange(String value) {
        ByteRange range = ByteRange.of(value, LENGTH);
        Matcher plain = RANGE.matcher(value);
        if (!plain.matches() || plain.group(1).isEmpty() && plain.group(2).isEmpty()) {
            assertNull(range);
            return;
        }
        BigInteger length = BigInteger.valueOf(LENGTH);
        BigInteger end = plain.group(2).isEmpty() ? length : new BigInteger(plain.group(2));
        BigInteger first = plain.group(1).isEmpty() ? length.subtract(end).max(BigInteger.ZERO) : new BigInteger(plain.group(1));
        BigInteger last = plain.group(1).isEmpty() ? length.subtract(BigInteger.ONE) : end.min(length.subtract(BigInteger.ONE));
        if (!plain.group(1).isEmpty() && !plain.group(2).isEmpty() && first.compareTo(end) > 0) {
            assertNull(range);
        } else if (first.compareTo(length) >= 0) {
            assertEquals(false, range.isSatisfiable());
        } else {
            assertEquals(new ByteRange(first.longValueExact(), last.longValueExact()), range);
            assertTrue(range.isSatisfiable() && range.length() <= LENGTH);
        }
    }

    private static void checkAcceptEncoding(String value) {
        byte[] bytes = ("," + value + ",").getBytes(ISO_8859_1);
        Page page = SITE.page("/");
        Representation chosen = AcceptEncoding.of(value).choose(page);
        assertEquals(chosen, KNOWN.of(bytes, 1, bytes.length - 1).choose(page));
        Map<String, Double> weights = new HashMap<>();
        for (String element : value.split(",", -1)) {
            Matcher coding = CODING.matcher(element);
            if (element.isBlank()) {
                continue;
            }
            double weight = !coding.matches() ? 2 : coding.group(2) == null ? 1 : Double.parseDouble(coding.group(2));
            if (weight > 1 || weights.put(coding.group(1).toLowerCase(Locale.ROOT).replace("x-gzip", "gzip"), weight) != null) {
                return;
            }
        }
        Double wanted = weights.getOrDefault(chosen.coding().token().toString(), weights.get("*"));
        if (chosen.coding() != Coding.IDENTITY) {
            assertTrue(wanted != null && wanted > 0, () -> chosen.coding() + " for " + weights);
            weights.forEach((name, weight) -> assertTrue(wanted == null || !name.matches("gzip|br|zstd") || weight <= wanted, name));
        }
    }

    private static void checkTags(String value) {
        String etag = SITE.page("/").identity().etag().toString();
        boolean unmodified = new Conditions(fields(value), SITE.page("/").identity().etag(), SITE.lastModified(SITE.page("/"))).isUnmodified();
        if (value.strip().equals("*")) {
            assertTrue(unmodified);
        } else if (TAGS.matcher(value).matches()) {
            boolean named = Pattern.compile("\"[^\"]*\"").matcher(value).results().anyMatch(tag -> tag.group().equals(etag));
            assertEquals(named, unmodified);
        } else {
            assertTrue(!unmodified || value.contains(etag));
        }
    }

    private static RequestFields fields(String ifNoneMatch) {
        return name -> HttpHeaderNames.IF_NONE_MATCH.contentEqualsIgnoreCase(name) ? ifNoneMatch : null;
    }

    private static void checkDate(String value) {
        Long seconds = HttpDate.parse(value);
        if (seconds != null && value.endsWith(" GMT") && value.charAt(3) == ',') {
            // The name of the day is not compared, and a leap second is the one before.
            assertEquals(value.substring(4).replace(":60 GMT", ":59 GMT"), HttpDate.format(seconds).substring(4));
        }
    }

    private static void checkHost(String value) {
        Matcher host = HOST.matcher(value);
        boolean port = host.matches() && (host.group(2) == null || host.group(2).isEmpty()
                || new BigInteger(host.group(2)).compareTo(BigInteger.valueOf(65_535)) <= 0);
        boolean address = !value.startsWith("[") || host.matches() && NetUtil.isValidIpV6Address(host.group(1).substring(1, host.group(1).length() - 1));
        assertEquals(port && address, Host.isValid(value));
    }

    private static void checkPath(String target) {
        String path = RequestPath.of(target);
        if (path != null) {
            assertTrue(path.startsWith("/") && path.indexOf('\0') < 0 && !path.contains("//"), path);
            assertTrue(List.of(path.split("/", -1)).stream().noneMatch(segment -> segment.equals(".") || segment.equals("..")), path);
            assertEquals(path, RequestPath.normalize(path));
            // However it is sent, it is the same page.
            assertEquals(path, RequestPath.of(Location.encodePath(path)));
        }
    }

    private static void checkOutcome(String target, RequestFields fields) {
        String path = RequestPath.of(target);
        if (path == null) {
            return;
        }
        for (String asked : List.of(path, "/", "/r")) {
            Outcome outcome = Outcome.of(SITE, target, asked, false, fields);
            outcome.fields((name, value) -> assertTrue(value == null || value.toString().matches("[\t -~]*"), () -> name + ": " + value));
            assertTrue(List.of(200, 206, 301, 304, 404, 412, 416).contains(outcome.status().code()));
            if (outcome.range() != null) {
                assertEquals(206, outcome.status().code());
                assertTrue(outcome.range().first() >= 0 && outcome.range().last() < outcome.representation().length());
            }
        }
    }

    /** SECURITY: a line of the log for each request, and what of a client is in it stays within its quotes. */
    static void checkLog(CommonRequest request) {
        AccessLogPattern.Entry entry = new AccessLogPattern.Entry("10.0.0.1", "[t]", request, 200, 5);
        JsonObject json = new JsonObject(line(JSON_LINE, true, entry));
        assertEquals(request.method(), json.getString("method"));
        assertEquals(shortened(request.target()), json.getString("target"));
        assertNotNull(json.getInteger("status"));
        String combined = line(COMBINED, false, entry);
        assertTrue(combined.matches("10\\.0\\.0\\.1 - - \\[t\\] \"(GET|HEAD) /[^\"]* HTTP/1\\.[01]\" 200 5 \"[^\"]*\" \"[^\"]*\""), combined);
    }

    private static String shortened(String value) {
        return value.length() <= LogText.MAX_VALUE ? value : value.substring(0, LogText.MAX_VALUE) + "...";
    }

    private static String line(AccessLogPattern pattern, boolean json, AccessLogPattern.Entry entry) {
        LogText text = new LogText(json);
        pattern.append(entry, text);
        String line = new String(text.removeAll(), ISO_8859_1);
        assertTrue(line.matches("[ -~]+\n"), line);
        return line.strip();
    }

    /** Time is linear. @param input which of the parsers, then a beginning, what is repeated, and an end, between NULs */
    static void checkTime(String input) {
        if (input.isEmpty()) {
            return;
        }
        Consumer<String> parser = PARSERS.get(input.charAt(0) % PARSERS.size());
        String[] parts = input.substring(1).split("\0", 3);
        String repeated = parts.length < 2 || parts[1].isEmpty() ? "," : parts[1];
        String value = parts[0] + repeated.repeat(REPEATED_BYTES / repeated.length()) + (parts.length < 3 ? "" : parts[2]);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        parser.accept(value);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertTrue(nanos < MAX_NANOS, () -> nanos + " ns for " + value.length() + " bytes");
    }
}
