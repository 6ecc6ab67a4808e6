package io.heatwire.ops.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a guide. {@code sh} is run, {@code text} behind it is what it prints, {@code console} is neither; a block under
 * a line with a path is the content of that file. A comment that begins {@code where this page is tried} is run, too: it plays what is
 * around Heatwire on a real machine, and readers do not see it.
 *
 * @param path the file, empty for none
 * @param line where the block begins in its guide, from 1
 */
record GuideBlock(String path, String language, String text, int line) {

    private static final Pattern FENCED = Pattern.compile(
            "(?:`([^`\n]+)`:\n\n)?```(\\w+)\n(.*?)\n```|<!-- where this page is tried:\n(.*?)\n-->", Pattern.DOTALL);

    static List<GuideBlock> of(String guide) {
        List<GuideBlock> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(guide);
        while (fenced.find()) {
            String path = fenced.group(1) == null ? "" : fenced.group(1);
            int line = (int) guide.substring(0, fenced.start()).lines().count() + 1;
            boolean isAround = fenced.group(4) != null;
            blocks.add(new GuideBlock(
                    path, isAround ? "sh" : fenced.group(2), isAround ? fenced.group(4) : fenced.group(3), line));
        }
        return blocks;
    }

    boolean isFile() {
        return !path.isEmpty();
    }

    boolean isRun() {
        return !isFile() && language.equals("sh");
    }

    boolean isPrinted() {
        return !isFile() && language.equals("text");
    }
}
