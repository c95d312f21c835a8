package org.bakedpage.bake;

import java.util.List;

/**
 * What is found in one file, whatever its policy is: the same for the same content, so that dev mode keeps it.
 *
 * @param url where a browser reads it
 * @param bytes of its content
 * @param page null for what has no scripts of its own
 * @param links of a stylesheet; null for another file
 * @param script null for what is none
 */
public record Inspection(String url, String contentType, int bytes, HtmlPage page, List<Link> links, ScriptText script,
        List<Warning> warnings) {

    public static Inspection of(String path, String url, String contentType, byte[] content) {
        String type = contentType.split(";", 2)[0].strip();
        if (HtmlPage.isHtml(contentType) || type.equals("image/svg+xml") && HtmlPage.mayHaveScripts(contentType, content)) {
            HtmlPage page = HtmlPage.of(path, path, url, contentType, content);
            return new Inspection(url, contentType, content.length, page, null, null, page.warnings());
        }
        return new Inspection(url, contentType, content.length, null,
                type.equals("text/css") ? StyleSheet.links(url, contentType, content) : null,
                type.equals("text/javascript") ? ScriptText.of(path, contentType, content) : null,
                contentType.contains("charset=") ? TextContent.warnings(path, contentType, content) : List.of());
    }
}
