package org.bakedpage.bake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The value of Content-Type by a file's name, RFC 9110 section 8.3. The list is mime-db's, one type an extension, as
 * MediaTypesTest writes it; the program that serves does not have it.
 */
public final class MediaTypes {

    static final String LIST = "media.types";

    private static final String UNKNOWN = "application/octet-stream";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final String WELL_KNOWN = "/.well-known/";
    private static final String SETTING = "site.media-types.\"";

    /** nosniff: browsers run no script of mime-db's application/node. */
    static final Map<String, String> EXCEPTIONS = Map.of("cjs", "text/javascript");

    /** Under /.well-known/, of IANA's registry of well-known URIs (RFC 8615): those without an extension that are JSON. */
    private static final Set<String> WELL_KNOWN_JSON = Set.of("apple-app-site-association", "did-configuration",
            "gnap-as-rs", "jwt-vc-issuer", "matrix/client", "matrix/server", "matrix/support", "nodeinfo", "oauth-authorization-server",
            "oauth-protected-resource", "openid-configuration", "openid-credential-issuer", "passkey-endpoints", "sbom",
            "smart-configuration", "ssf-configuration", "uma2-configuration", "web-identity", "webauthn");

    /** Those that have a type of their own. */
    private static final Map<String, String> WELL_KNOWN_TYPES = Map.of(
            "api-catalog", "application/linkset+json", // RFC 9727 section 4.2
            "host-meta", "application/xrd+xml", // RFC 6415 section 2
            "traffic-advice", "application/trafficadvice+json",
            "apple-developer-merchantid-domain-association", TEXT,
            "atproto-did", TEXT,
            "discord", TEXT);

    /** Of projects that publish their sources: without a type a browser would save them. */
    private static final Set<String> TEXT_NAMES = Set.of("AUTHORS", "CHANGELOG", "CNAME", "CONTRIBUTORS", "COPYING", "LICENCE", "LICENSE",
            "MD5SUMS", "NOTICE", "README", "SHA256SUMS", "SHA512SUMS", "VERSION");

    /** RFC 9110 sections 5.6.4, 5.6.6 and 8.3.1. */
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            FieldPolicy.TOKEN + "/" + FieldPolicy.TOKEN + "(?:[ \t]*;[ \t]*" + FieldPolicy.TOKEN
                    + "=(?:" + FieldPolicy.TOKEN + "|\"(?:[\t !#-\\[\\]-~]|\\\\[\t -~])*\"))*");

    private static final Pattern EXTENSION = Pattern.compile("[^./*?\\p{Cntrl}][^/*?\\p{Cntrl}]*");

    private final Map<String, String> types = read();

    /**
     * @param settings {@code site.media-types}: types by extension; an extension may have dots in it, and the longest counts
     * @throws IllegalArgumentException in one line, if one is no media type
     */
    public MediaTypes(Map<String, String> settings) {
        types.putAll(EXCEPTIONS);
        settings.forEach((key, value) -> {
            String extension = key.startsWith(".") ? key.substring(1) : key;
            if (!EXTENSION.matcher(extension).matches()) {
                throw new IllegalArgumentException(SETTING + FileName.printable(key) + "\": not an extension, as in svg or tar.gz");
            }
            if (!MEDIA_TYPE.matcher(value).matches()) {
                throw new IllegalArgumentException(SETTING + key + "\"=" + FileName.printable(value)
                        + ": not a media type, as in text/html or text/html;charset=utf-8 (RFC 9110 section 8.3.1)");
            }
            types.put(extension.toLowerCase(Locale.ROOT), value);
        });
    }

    /** @param path with its leading slash; upper case counts as lower case in an extension, not in a name without one */
    public String of(String path) {
        String type = type(path);
        return isText(type) && !type.toLowerCase(Locale.ROOT).contains("charset=") ? type + ";charset=utf-8" : type;
    }

    private String type(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        if (dot < 0) {
            return typeWithoutExtension(path, name);
        }
        String extension = name.toLowerCase(Locale.ROOT);
        for (; dot >= 0; dot = extension.indexOf('.')) {
            extension = extension.substring(dot + 1);
            if (types.containsKey(extension)) {
                return types.get(extension);
            }
        }
        return UNKNOWN;
    }

    private static String typeWithoutExtension(String path, String name) {
        int wellKnown = path.indexOf(WELL_KNOWN);
        String uri = wellKnown < 0 ? "" : path.substring(wellKnown + WELL_KNOWN.length());
        // Apple looks for it in the root too.
        if (WELL_KNOWN_JSON.contains(uri) || name.equals("apple-app-site-association")) {
            return JSON;
        }
        return WELL_KNOWN_TYPES.getOrDefault(uri, TEXT_NAMES.contains(name) ? TEXT : UNKNOWN);
    }

    /** Types that are text without saying so get a charset too, RFC 9110 section 8.3.2: JSON, XML and scripts. */
    private static boolean isText(String type) {
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.startsWith("text/") || essence.endsWith("/json") || essence.endsWith("+json") || essence.endsWith("/xml")
                || essence.endsWith("+xml") || essence.endsWith("/javascript");
    }

    private static Map<String, String> read() {
        Map<String, String> types = new HashMap<>();
        try (BufferedReader list = new BufferedReader(new InputStreamReader(MediaTypes.class.getResourceAsStream(LIST), US_ASCII))) {
            list.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" ")).forEach(words -> {
                for (int i = 1; i < words.length; i++) {
                    types.put(words[i], words[0]);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIST, e);
        }
        return types;
    }
}
