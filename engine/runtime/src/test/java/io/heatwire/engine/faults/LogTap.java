package io.heatwire.engine.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The warnings and errors of one bench's engines, as a person would read them. */
final class LogTap extends AppenderBase<ILoggingEvent> {

    private static final Pattern LINE = Pattern.compile("^[0-9:.]+ \\[.*?] (WARN|ERROR) +(heatwire\\S*) - (.*)$");
    private static final int LINES = 4;
    private static final int WIDTH = 170;

    private final String stage;
    private final String port;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();

    /** Taps what is logged for this stage, or names this port. */
    LogTap(String stage, int port) {
        this.stage = stage;
        this.port = Integer.toString(port);
        setContext(logger().getLoggerContext());
        start();
        logger().addAppender(this);
    }

    private static Logger logger() {
        // While one thread starts the logging, others are given something that is not a logger yet.
        while (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
            Pause.ms(10);
        }
        return (Logger) LoggerFactory.getLogger("heatwire");
    }

    @Override
    protected void append(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        boolean ours = event.getLoggerName().equals("heatwire." + stage) || message.contains(port);
        if (ours && event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.add(event.getLevel() + " " + message);
            if (event.getThrowableProxy() != null) {
                traces.add(message);
            }
        }
    }

    /** Adds what an engine process has written. */
    void read(List<String> log) {
        for (String line : log) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                lines.add(matcher.group(1) + " " + matcher.group(3));
            }
        }
    }

    /** Messages that came with a stack trace. */
    List<String> traces() {
        return List.copyOf(traces);
    }

    /** The different lines, each once, with how often it came. */
    List<String> excerpt() {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, Integer> times = new LinkedHashMap<>();
        for (String line : lines) {
            String plain = line.replace(stage, "echo").replace(port, "PORT");
            String kind = plain.replaceAll("[0-9]+", "#");
            first.putIfAbsent(kind, plain.length() > WIDTH ? plain.substring(0, WIDTH) + "..." : plain);
            times.merge(kind, 1, Integer::sum);
        }
        List<String> excerpt = first.entrySet().stream()
                .limit(LINES)
                .map(each -> each.getValue()
                        + (times.get(each.getKey()) > 1 ? " (" + times.get(each.getKey()) + " times)" : ""))
                .collect(Collectors.toCollection(ArrayList::new));
        if (first.size() > LINES) {
            excerpt.add("and " + (first.size() - LINES) + " other lines");
        }
        return excerpt;
    }

    void remove() {
        logger().detachAppender(this);
        stop();
    }
}
