package org.bakedpage.bake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bakedpage.JsonText;

/** Writes a report as JSON, RFC 8259: a line for each file. */
final class SiteJson {

    /** Another one where a member is taken away or means something else. */
    static final int SCHEMA = 1;

    private SiteJson() {
    }

    static String of(SiteReport report) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schema", SCHEMA);
        members.put("totals", totals(report));
        members.put("files", report.files().stream().map(SiteJson::file).toList());
        members.put("redirects", report.redirects().stream().map(redirect -> members("from", redirect.source(), "to", redirect.destination(),
                "status", redirect.status())).toList());
        members.put("leftOut", report.leftOut().stream().map(file -> members("path", file.path(), "reason", file.reason())).toList());
        members.put("warnings", report.warnings().stream().map(warning -> members("file", warning.file(), "line", warning.line(),
                "text", warning.text())).toList());
        StringBuilder json = new StringBuilder();
        write(json, members, "\n");
        return json.append('\n').toString();
    }

    private static Map<String, Object> totals(SiteReport report) {
        Map<String, Long> codings = new TreeMap<>();
        report.files().forEach(file -> file.codings().forEach((coding, bytes) -> codings.merge(coding, bytes, Long::sum)));
        return members("files", report.files().size(), "bytes", report.files().stream().mapToLong(BakedFile::bytes).sum(),
                "codings", codings, "redirects", report.redirects().size(), "leftOut", report.leftOut().size(),
                "warnings", report.warnings().size());
    }

    private static Map<String, Object> file(BakedFile file) {
        return members("path", file.path(), "source", file.source(), "mediaType", file.mediaType(), "bytes", file.bytes(),
                "codings", file.codings(), "etag", file.etag(), "cacheControl", file.cacheControl(), "fields", file.fields());
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    /** @param separator between the members; of what is nested deeper than a file there is none */
    private static void write(StringBuilder json, Object value, String separator) {
        if (value instanceof Map<?, ?> map) {
            List<Runnable> members = new ArrayList<>();
            map.forEach((name, member) -> members.add(() -> {
                json.append(JsonText.quoted((String) name));
                json.append(": ");
                write(json, member, "");
            }));
            list(json, '{', members, separator, '}');
        } else if (value instanceof List<?> list) {
            list(json, '[', list.stream().<Runnable>map(element -> () -> write(json, element, "")).toList(), "\n", ']');
        } else if (value instanceof String text) {
            json.append(JsonText.quoted(text));
        } else {
            json.append(value);
        }
    }

    private static void list(StringBuilder json, char begin, List<Runnable> elements, String separator, char end) {
        json.append(begin);
        for (int i = 0; i < elements.size(); i++) {
            json.append(i == 0 ? "" : separator.isEmpty() ? ", " : ",").append(separator);
            elements.get(i).run();
        }
        json.append(elements.isEmpty() ? "" : separator).append(end);
    }
}
