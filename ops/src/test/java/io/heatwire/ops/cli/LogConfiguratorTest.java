package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {

    private final LoggerContext context = new LoggerContext();
    private final Properties before = new Properties();

    @BeforeEach
    void remember() {
        before.putAll(System.getProperties());
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @Test
    void isFoundByTheLibraryThatLogs() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogConfigurator.class);
    }

    @Test
    void logsTextAtTheLevelThatWasAskedFor() {
        System.setProperty("heatwire.log.level", "debug");
        System.setProperty("heatwire.log.stages", "error");
        System.setProperty("heatwire.log.format", "text");
        System.setProperty("heatwire.log.traces", "%ex");
        configured();
        assertThat(encoder())
                .isInstanceOfSatisfying(
                        PatternLayoutEncoder.class,
                        text -> assertThat(text.getPattern())
                                .isEqualTo("[%d{yyyy-MM-dd HH:mm:ss}] [%level] [%logger{0}] %msg%n%ex"));
        assertThat(level("ROOT")).isEqualTo(Level.DEBUG);
        assertThat(level("heatwire.engine")).isEqualTo(Level.DEBUG);
        assertThat(level("heatwire.heat_gate")).isEqualTo(Level.ERROR);
        assertThat(level("io.lettuce.core.SomeClass")).isEqualTo(Level.WARN);
        assertThat(level("reactor.netty.http.server.HttpServer")).isEqualTo(Level.ERROR);
    }

    @Test
    void logsJson() {
        System.setProperty("heatwire.log.format", "json");
        configured();
        assertThat(encoder()).isInstanceOf(JsonEncoder.class);
    }

    @Test
    void leavesItToAFileThatIsNamed() {
        System.setProperty("logback.configurationFile", "/etc/heatwire/logback.xml");
        assertThat(new LogConfigurator().configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(appender()).isNull();
    }

    private void configured() {
        assertThat(new LogConfigurator().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(appender().isStarted()).isTrue();
        assertThat(appender().getTarget()).isEqualTo("System.err");
    }

    private Object encoder() {
        return appender().getEncoder();
    }

    private ConsoleAppender<ILoggingEvent> appender() {
        return (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
    }

    private Level level(String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }
}
