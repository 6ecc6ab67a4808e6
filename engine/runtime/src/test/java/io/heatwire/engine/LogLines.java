package io.heatwire.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, of all loggers. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final Logger stages = (Logger) LoggerFactory.getLogger("heatwire");

    /** Listens from here on. */
    public static LogLines open() {
        LogLines lines = new LogLines();
        lines.setContext(lines.root.getLoggerContext());
        lines.start();
        lines.root.addAppender(lines);
        return lines;
    }

    /** Listens to the lines of the stages down to debug, without showing them. */
    public static LogLines ofStages() {
        LogLines lines = open();
        lines.stages.setLevel(Level.DEBUG);
        lines.stages.setAdditive(false);
        lines.stages.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** The messages so far, at this level or above. */
    public List<String> from(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** What carries a stack trace. */
    public List<String> traces() {
        return events.stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(event -> event.getFormattedMessage() + " - "
                        + event.getThrowableProxy().getMessage())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        if (stages.isAttached(this)) {
            stages.detachAppender(this);
            stages.setLevel(null);
            stages.setAdditive(true);
        }
    }
}
