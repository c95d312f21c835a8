package org.bakedpage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quarkus.vertx.http.runtime.HeaderConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers what {@link CommonRequest} has read, with the bytes that the router would answer it with. The heads of the frequent
 * answers are made once, for as many pages as are kept. Shared by all event loops: two of them may make the same head, and one
 * of the two is kept.
 */
final class FastPath {

    /** Where the router has one of them already, the page's takes its place. */
    private static final Set<String> OWN_FIELDS = Set.of("etag", "last-modified", "cache-control", "vary", "location",
            "content-range", "accept-ranges", "content-type", "content-encoding", "content-length", "date", "connection");
    private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
    private static final AsciiString LINE_END = AsciiString.cached("\r\n");
    private static final AsciiString COLON = AsciiString.cached(": ");
    private static final AsciiString DATE = AsciiString.cached("date: ");
    private static final AsciiString END = AsciiString.cached("\r\n\r\n");
    private static final AsciiString KEPT_END = AsciiString.cached("\r\nconnection: keep-alive\r\n\r\n");
    private static final AsciiString LAST_END = AsciiString.cached("\r\nconnection: close\r\n\r\n");

    private final Site site;
    private final Map<String, HeaderConfig> commonFields;
    private final byte[] commonLines;
    private final OtherRoutes others;
    private final KeptPages<PreparedPage> prepared = new KeptPages<>();

    /**
     * @param commonFields of every response, in the order in which they are sent
     * @param others whose requests are left to the router
     */
    FastPath(Site site, Map<String, HeaderConfig> commonFields, OtherRoutes others) {
        this.site = site;
        this.commonFields = commonFields;
        this.commonLines = commonLines(Set.of());
        this.others = others;
    }

    /** @param without which of them, in lower case */
    private byte[] commonLines(Set<String> without) {
        StringBuilder lines = new StringBuilder();
        commonFields.forEach((name, field) -> {
            if (!without.contains(name.toLowerCase(Locale.ROOT))) {
                lines.append(name).append(COLON).append(field.value()).append(LINE_END);
            }
        });
        return lines.toString().getBytes(ISO_8859_1);
    }

    /** The setting or handler of which it is not known how it changes a page's answer; null where there is none. */
    static String obstacle(OtherRoutes others, VertxHttpConfig http) {
        if (http.recordRequestStartTime()) {
            return "quarkus.http.record-request-start-time notes when each request began";
        }
        if (others.filter() != null) {
            return "every request passes " + others.filter();
        }
        if (isForwarded(http)) {
            return "quarkus.http.proxy lets requests say where they come from";
        }
        if (!http.filter().isEmpty()) {
            return "quarkus.http.filter sets fields by path";
        }
        for (Map.Entry<String, HeaderConfig> field : http.header().entrySet()) {
            if (!FieldPrecedence.isOfAll(field.getValue())) {
                return "quarkus.http.header.\"" + field.getKey() + "\" is not for every request";
            }
            if (OWN_FIELDS.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                return "quarkus.http.header.\"" + field.getKey() + "\" is a field that pages set as well";
            }
        }
        return null;
    }

    /** Whether requests say from where they come. */
    static boolean isForwarded(VertxHttpConfig http) {
        return http.proxy().proxyAddressForwarding() || http.proxy().allowForwarded() || http.proxy().allowXForwarded().orElse(false);
    }

    /** The heads of a page's answers up to their Date, by coding. */
    private static final class PreparedPage {

        final Page page;
        /** Whether the path is another route's, which is asked first. */
        final boolean covered;
        final byte[][] ok = new byte[Coding.values().length][];
        final byte[][] notModified = new byte[Coding.values().length][];
        /** Null where the page is none; its head is that of the identity. */
        final Outcome redirect;
        final String text;

        PreparedPage(Page page, boolean covered, Site site) {
            this.page = page;
            this.covered = covered;
            this.redirect = page.location() == null ? null : Outcome.redirect(site, page);
            this.text = redirect == null ? null : redirect.text();
        }
    }

    /**
     * Adds the answer to the loop's output.
     *
     * @param last whether the connection ends with it
     * @return whether there is one; else it is for the router
     */
    boolean answer(CommonRequest request, ConnectionLoop loop, boolean last) {
        Output output = loop.output();
        int start = output.length();
        boolean answered = add(request, loop, last);
        if (output.isOverflown()) {
            output.truncate(start);
            return false;
        }
        return answered;
    }

    private boolean add(CommonRequest request, ConnectionLoop loop, boolean last) {
        PreparedPage found = find(request, loop);
        if (found == null || found.covered) {
            return answerOther(request, loop, last);
        }
        if (found.page.isSpecial() || !request.isPlain()) {
            return found.redirect != null && !request.hasQuery() ? redirect(found, request, loop, last)
                    : answerOther(request, loop, last);
        }
        Representation chosen = request.acceptEncoding(loop.acceptEncodings()).choose(found.page);
        if (!request.hasIfNoneMatch()) {
            append(head(found.ok, chosen, found.page, false, loop.output()), HttpResponseStatus.OK, chosen.length(), request, loop, last);
            appendContent(request, chosen, loop.output());
        } else if (request.isIfNoneMatch(chosen.etag())) {
            append(head(found.notModified, chosen, found.page, true, loop.output()), HttpResponseStatus.NOT_MODIFIED, 0, request, loop, last);
        } else {
            return answerOther(request, loop, last);
        }
        return true;
    }

    private boolean redirect(PreparedPage found, CommonRequest request, ConnectionLoop loop, boolean last) {
        int identity = Coding.IDENTITY.ordinal();
        append(found.ok[identity] != null ? found.ok[identity] : keep(found.ok, identity, found.redirect, loop.output()),
                found.redirect.status(), found.text.length(), request, loop, last);
        append(request, found.text, loop.output());
        return true;
    }

    private PreparedPage find(CommonRequest request, ConnectionLoop loop) {
        int entry = request.find(site);
        if (entry == SiteFormat.NONE) {
            return null;
        }
        PreparedPage found = prepared.get(entry);
        if (found != null) {
            return found;
        }
        Page page = site.pageOf(entry);
        if (page == null) {
            return null;
        }
        loop.countMade();
        PreparedPage made = new PreparedPage(page, isOthers(request.path()), site);
        prepared.offer(entry, made);
        return made;
    }

    private boolean isOthers(String path) {
        return !others.isEmpty() && others.cover(path.substring(site.root().length())) || Endpoints.covers(path);
    }

    private byte[] head(byte[][] heads, Representation chosen, Page page, boolean notModified, Output output) {
        int coding = chosen.coding().ordinal();
        return heads[coding] != null ? heads[coding]
                : keep(heads, coding, notModified ? Outcome.notModified(site, page, chosen) : Outcome.ok(site, page, chosen), output);
    }

    private byte[] keep(byte[][] heads, int coding, Outcome outcome, Output output) {
        byte[] head = head(outcome, output);
        if (output.isOverflown()) {
            return head;
        }
        // Or another event loop might see the array before its bytes.
        VarHandle.releaseFence();
        heads[coding] = head;
        return head;
    }

    private boolean answerOther(CommonRequest request, ConnectionLoop loop, boolean last) {
        String path = RequestPath.ofRequest(request.path());
        // Where other routes are, Vert.x's reading of an odd path decides whose it is; what is not below the root is Quarkus's.
        if (path == null || !site.has(path) || isOthers(path) || !others.isEmpty() && !request.isPathPlain()
                || others.isFollowed() && site.page(path) == null) {
            return false;
        }
        loop.countMade();
        Outcome outcome = Outcome.of(site, request.target(), path, request.isHead(), request);
        append(head(outcome, loop.output()), outcome.status(), outcome.contentLength(), request, loop, last);
        if (outcome.representation() == null) {
            append(request, outcome.text(), loop.output());
        } else if (outcome.range() != null) {
            loop.output().append(outcome.representation().content(), (int) outcome.range().first(), outcome.range().length());
        } else if (outcome.hasContent()) {
            appendContent(request, outcome.representation(), loop.output());
        }
        return true;
    }

    /** Up to the value of its Date, which is the last of its fields but for Connection. */
    private byte[] head(Outcome outcome, Output output) {
        int start = output.length();
        output.append(VERSION);
        output.append(outcome.status().codeAsText());
        output.append(" ");
        output.append(outcome.status().reasonPhrase());
        output.append(LINE_END);
        output.append(outcome.representation() == null || outcome.page().fields().isEmpty() ? commonLines : commonLines(names(outcome.page())));
        outcome.fields((name, value) -> {
            if (value != null) {
                output.append(name);
                output.append(COLON);
                output.append(value);
                output.append(LINE_END);
            }
        });
        output.append(DATE);
        return output.removeFrom(start);
    }

    private static Set<String> names(Page page) {
        return page.fields().stream().map(field -> field.name().toString().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** @param contentLength of what follows, but for a HEAD */
    private static void append(byte[] head, HttpResponseStatus status, int contentLength, CommonRequest request, ConnectionLoop loop,
            boolean last) {
        loop.noteAnswer(status.code(), request.isHead() ? 0 : contentLength);
        Output output = loop.output();
        output.append(head);
        output.append(loop.clock().date());
        output.append(last ? LAST_END : request.isOld() ? KEPT_END : END);
    }

    private static void appendContent(CommonRequest request, Representation chosen, Output output) {
        if (!request.isHead()) {
            output.append(chosen.content(), 0, chosen.length());
        }
    }

    private static void append(CommonRequest request, String text, Output output) {
        if (!request.isHead()) {
            output.append(text);
        }
    }
}
