package io.heatwire.wiring.reference;

import java.util.List;

/** Builds one page. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    Markdown title(String title, String intro) {
        text.append("# ").append(title).append("\n\n");
        text.append("<!-- Generated from the declarations of the operators. To change it, change these and run\n")
                .append("./mvnw -pl wiring -am test -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false")
                .append(" -Dheatwire.reference.write=true -->\n\n");
        return paragraph(intro);
    }

    Markdown chapter(String title) {
        text.append("## ").append(title).append("\n\n");
        return this;
    }

    Markdown paragraph(String paragraph) {
        text.append(paragraph).append("\n\n");
        return this;
    }

    /** Text exactly as it stands. */
    Markdown example(String example) {
        text.append(example.indent(4)).append('\n');
        return this;
    }

    /** A table; nothing at all when it has no rows. */
    Markdown table(List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            row(head);
            row(head.stream().map(name -> "---").toList());
            rows.forEach(this::row);
            text.append('\n');
        }
        return this;
    }

    private void row(List<String> cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
        }
        text.append('\n');
    }

    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    static String codes(List<String> texts) {
        return String.join(", ", texts.stream().map(Markdown::code).toList());
    }

    /** A sentence, with a full stop whether or not its author wrote one. */
    static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing() + "\n";
    }
}
