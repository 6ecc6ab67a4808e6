package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JournalEncoderTest {

    @ParameterizedTest
    @CsvSource({"ERROR,<3>", "WARN,<4>", "INFO,<6>", "DEBUG,<7>", "TRACE,<7>"})
    void saysTheLevelInTheWordsOfTheJournal(String level, String priority) {
        assertThat(encoded(level, "text")).isEqualTo(priority + "[" + level + "] text\n");
    }

    @Test
    void saysItOfEachLine() {
        assertThat(encoded("ERROR", "what is wrong\n  where\n")).isEqualTo("<3>[ERROR] what is wrong\n<3>  where\n");
    }

    private static String encoded(String level, String message) {
        LoggerContext context = new LoggerContext();
        JournalEncoder encoder = new JournalEncoder();
        encoder.setContext(context);
        encoder.setPattern("[%level] %msg%n");
        encoder.start();
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("test"), Level.toLevel(level), message, null, new Object[0]);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
