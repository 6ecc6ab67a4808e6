package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void keepsOneLineOneLine() {
        assertThat(Printable.of("a\nb\r\tc\u001b[31m\u2028d")).isEqualTo("a\\u000ab\\u000d\\u0009c\\u001b[31m\\u2028d");
        assertThat(Printable.of("plain \u2192 text")).isEqualTo("plain \u2192 text");
    }

    @Test
    void cutsWhatNobodyWouldRead() {
        assertThat(Printable.of("x".repeat(5000))).hasSize(2003);
    }
}
