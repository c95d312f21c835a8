import java.util.List;

/** A text with tables, as it grows. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    void paragraph(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append("\n\n");
    }

    void item(String content) {
        text.append("- ").append(content).append('\n');
    }

    /** Names to the left, figures to the right. */
    void head(List<String> titles) {
        row(titles);
        text.append("|---").append("|---:".repeat(titles.size() - 1)).append("|\n");
    }

    void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    void end() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
