package io.heatwire.ops.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * How the program logs: to standard error, with the level and format that {@link LogSettings} has checked. In Java, since to read it
 * from XML takes a tenth of a second of each start. A file named by {@code -Dlogback.configurationFile} takes its place.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static final String FILE = "logback.configurationFile";

    /** The time stamp of the existing gate and bridge (contract section 8). */
    private static final String LINE = "[%d{yyyy-MM-dd HH:mm:ss}] [%level] [%logger{0}] %msg%n";

    /** Made by logback, by the name in META-INF/services. */
    public LogConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Level level = level("heatwire.log.level");
        level(context, "io.lettuce", Level.WARN);
        // It warns whenever a client is closed after its connection.
        level(context, "io.lettuce.core.RedisChannelHandler", Level.ERROR);
        // It warns of each sentinel that does not answer; the stage says it once, with what to check.
        level(context, "io.lettuce.core.RedisClient", Level.ERROR);
        level(context, "io.netty", Level.WARN);
        level(context, "reactor", Level.WARN);
        // It has a line for every request that is none; heatwire_http_refused_total counts them.
        level(context, "reactor.netty.http.server", Level.ERROR);
        level(context, "heatwire", level("heatwire.log.stages"));
        level(context, "heatwire.engine", level);
        level(context, Logger.ROOT_LOGGER_NAME, level);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(String property) {
        return Level.toLevel(System.getProperty(property), Level.INFO);
    }

    private static void level(LoggerContext context, String logger, Level level) {
        context.getLogger(logger).setLevel(level);
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder(context));
        console.start();
        return console;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        if (System.getProperty("heatwire.log.format", "text").equals("json")) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text =
                Boolean.getBoolean("heatwire.log.journal") ? new JournalEncoder() : new PatternLayoutEncoder();
        text.setContext(context);
        // A trace only when somebody looks for a fault.
        text.setPattern(LINE + System.getProperty("heatwire.log.traces", "%nopex"));
        text.start();
        return text;
    }
}
