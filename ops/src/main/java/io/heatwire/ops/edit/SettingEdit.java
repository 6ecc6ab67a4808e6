package io.heatwire.ops.edit;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * One value in the text of a wiring that has passed its check, found by the parser's own marks. Comments, blanks, quotes and the
 * ends of lines stay as they are.
 */
public final class SettingEdit {

    private final String text;
    private final Iterator<Event> events;

    private SettingEdit(String text) {
        this.text = text;
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /**
     * Where the value stands.
     *
     * @param line from 1
     * @param written the value as the file has it, without quotes; empty when the setting is not written there
     * @param from the first character to replace
     * @param to the one behind the last
     * @param lead what goes in front of the new value
     * @param trail what goes behind it
     */
    public record Spot(int line, String written, int from, int to, String lead, String trail) {

        /** The text with this value in the place of the old one. */
        public String put(String text, String value) {
            return text.substring(0, from) + lead + value + trail + text.substring(to);
        }

        /** The name of the environment variable that the value refers to; empty when it refers to none. */
        public Optional<String> variable() {
            int open = written.indexOf("${");
            if (open < 0) {
                return Optional.empty();
            }
            String rest = written.substring(open + 2);
            int end = 0;
            while (end < rest.length() && (Character.isLetterOrDigit(rest.charAt(end)) || rest.charAt(end) == '_')) {
                end++;
            }
            return Optional.of(rest.substring(0, end));
        }
    }

    /** The place of a setting of a stage; empty when the stage has no settings in the file to put it among. */
    public static Optional<Spot> find(String text, String stage, String setting) {
        SettingEdit edit = new SettingEdit(text);
        edit.events.next();
        edit.events.next();
        return Optional.ofNullable(edit.in(edit.events.next(), List.of("stages", stage, "settings"), setting));
    }

    private @Nullable Spot in(Event event, List<String> path, String setting) {
        if (!(event instanceof MappingStartEvent start)) {
            skip(event);
            return null;
        }
        return path.isEmpty() ? among(start, setting) : below(path, setting);
    }

    private @Nullable Spot below(List<String> path, String setting) {
        Spot found = null;
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            Event value = events.next();
            if (key instanceof ScalarEvent name && name.getValue().equals(path.get(0))) {
                found = in(value, path.subList(1, path.size()), setting);
            } else {
                skip(value);
            }
        }
        return found;
    }

    private @Nullable Spot among(MappingStartEvent start, String setting) {
        Spot found = null;
        Spot first = null;
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            Event value = events.next();
            if (first == null) {
                first = before(key, start.getFlowStyle() == FlowStyle.FLOW, setting);
            }
            if (key instanceof ScalarEvent name
                    && name.getValue().equals(setting)
                    && value instanceof ScalarEvent scalar) {
                found = at(scalar);
            } else {
                skip(value);
            }
        }
        return found == null ? first : found;
    }

    private Spot at(ScalarEvent scalar) {
        int from = index(mark(scalar.getStartMark()));
        int to = index(mark(scalar.getEndMark()));
        boolean isQuoted = scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                || scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        int quote = isQuoted ? 1 : 0;
        String lead = from == to ? " " : "";
        return new Spot(
                mark(scalar.getStartMark()).getLine() + 1, scalar.getValue(), from + quote, to - quote, lead, "");
    }

    private Spot before(Event key, boolean isFlow, String setting) {
        Mark mark = mark(key.getStartMark());
        int at = index(mark);
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        String trail = isFlow ? ", " : end + " ".repeat(mark.getColumn());
        return new Spot(mark.getLine() + 1, "", at, at, setting + ": ", trail);
    }

    private void skip(Event event) {
        if (event instanceof MappingStartEvent || event instanceof SequenceStartEvent) {
            int open = 1;
            while (open > 0) {
                Event next = events.next();
                if (next instanceof MappingStartEvent || next instanceof SequenceStartEvent) {
                    open++;
                } else if (next.getEventId() == Event.ID.MappingEnd || next.getEventId() == Event.ID.SequenceEnd) {
                    open--;
                }
            }
        }
    }

    private static Mark mark(Optional<Mark> mark) {
        return mark.orElseThrow(() -> new IllegalStateException("the parser keeps marks"));
    }

    /** The parser counts code points. */
    private int index(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
