package io.heatwire.ops.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/** Puts the priority in front of each line of a message, also of one with several; the journal takes it off again. */
final class JournalEncoder extends PatternLayoutEncoder {

    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int INFO = 6;
    private static final int DEBUG = 7;

    @Override
    public byte[] encode(ILoggingEvent event) {
        String priority = "<" + priority(event.getLevel()) + ">";
        String text = layout.doLayout(event).stripTrailing();
        return (priority + text.replace("\n", "\n" + priority) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static int priority(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return ERROR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return WARNING;
        }
        return level.isGreaterOrEqual(Level.INFO) ? INFO : DEBUG;
    }
}
