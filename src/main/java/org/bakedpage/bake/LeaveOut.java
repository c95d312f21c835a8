package org.bakedpage.bake;

/** Which names in a site's folder are not of the site, and why. Hosts have much the same lists. */
public final class LeaveOut {

    private static final String DOT = ".";
    private static final String DESKTOP = "a desktop's own file";

    private LeaveOut() {
    }

    /**
     * @param name of a file or folder, without what is above it
     * @return the reason; null if it is of the site
     */
    public static String reason(String name, boolean folder) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            // SECURITY: it could write lines of its own into logs and fields.
            return "a control character in its name";
        }
        return folder ? ofFolder(name) : ofFile(name);
    }

    private static String ofFolder(String name) {
        return switch (name) {
            // RFC 8615
            case ".well-known" -> null;
            case "CVS" -> "a folder of version control";
            case "__MACOSX" -> DESKTOP;
            // As at Cloudflare Pages, Firebase and Netlify: what a build needs, thousands of files, source code among them.
            case "node_modules" -> "packages for a build: copy what the pages need to a folder of another name";
            // SECURITY: .git has the project's history, and often its passwords.
            default -> name.startsWith(DOT) ? "a dot folder" : null;
        };
    }

    private static String ofFile(String name) {
        // SECURITY: .env, .htpasswd, .npmrc and their like hold secrets.
        if (name.startsWith(DOT)) {
            return "a dot file";
        }
        if (name.endsWith("~") || name.length() > 1 && name.startsWith("#") && name.endsWith("#")) {
            return "an editor's backup";
        }
        return name.equalsIgnoreCase("Thumbs.db") || name.equalsIgnoreCase("desktop.ini") ? DESKTOP : null;
    }

    /**
     * What a link leads to, for what is left out must not be had by another name.
     *
     * @param names the path from the root on
     * @param folder whether it leads to a folder
     */
    public static String reason(Iterable<String> names, boolean folder) {
        String last = null;
        for (String name : names) {
            if (last != null && reason(last, true) != null) {
                return reason(last, true);
            }
            last = name;
        }
        return last == null ? null : reason(last, folder);
    }
}
