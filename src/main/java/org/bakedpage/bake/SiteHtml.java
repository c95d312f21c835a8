package org.bakedpage.bake;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bakedpage.Location;
import org.jsoup.nodes.Entities;

/** A report as a page, for dev mode. */
public final class SiteHtml {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>What is baked</title>
            <style>
              :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
              body { margin: 1rem; }
              td, th { padding: 0 1rem 0 0; text-align: left; overflow-wrap: anywhere; }
              td.number { text-align: right; font-variant-numeric: tabular-nums; }
            </style>
            <h1>What is baked</h1>
            """;

    private SiteHtml() {
    }

    /** @param root the path below which the site is, without a slash at its end */
    public static String of(SiteReport report, String root) {
        StringBuilder html = new StringBuilder(HEAD);
        list(html, "Warnings", report.warnings(), Warning::toString);
        table(html, "Pages and files", List.of("path", "type", "bytes", "Cache-Control", "further fields"), report.files(), file -> "<td>"
                + "<a href=\"" + escaped(Location.encodePath(root + file.path())) + "\">" + escaped(file.path()) + "</a><td>"
                + escaped(file.mediaType()) + "<td class=\"number\">" + SiteTable.number(file.bytes()) + "<td>" + escaped(file.cacheControl())
                + "<td>" + escaped(file.fields().entrySet().stream().map(field -> field.getKey() + ": " + field.getValue())
                        .collect(Collectors.joining("\n"))).replace("\n", "<br>"));
        table(html, "Redirects", List.of("from", "to", "status"), report.redirects(), rule -> "<td>" + escaped(rule.source()) + "<td>"
                + escaped(rule.destination()) + "<td class=\"number\">" + rule.status());
        list(html, "Left out", report.leftOut(), file -> file.path() + ": " + file.reason());
        return html.toString();
    }

    /** The page of a site that cannot be baked. */
    public static String of(String error) {
        return "<!doctype html><title>Not baked</title><pre>" + escaped(error) + "</pre>";
    }

    private static <T> void list(StringBuilder html, String title, List<T> items, Function<T, String> text) {
        if (!items.isEmpty()) {
            html.append("<h2>").append(title).append("</h2>\n<ul>\n");
            items.forEach(item -> html.append("<li>").append(escaped(text.apply(item))).append('\n'));
            html.append("</ul>\n");
        }
    }

    private static <T> void table(StringBuilder html, String title, List<String> names, List<T> rows, Function<T, String> cells) {
        if (!rows.isEmpty()) {
            html.append("<h2>").append(title).append("</h2>\n<table>\n<tr>");
            names.forEach(name -> html.append("<th scope=\"col\">").append(name));
            rows.forEach(row -> html.append("\n<tr>").append(cells.apply(row)));
            html.append("\n</table>\n");
        }
    }

    private static String escaped(String text) {
        return Entities.escape(text);
    }
}
