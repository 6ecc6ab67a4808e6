package io.heatwire.operators.closeaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseActionTest {

    @ParameterizedTest
    @CsvSource({
        "FULL_CLOSE, 100", "FULL_CLOSE_PROPOSED, 100",
        "PARTIAL_75, 75", "PARTIAL_75_PROPOSED, 75",
        "PARTIAL_50, 50", "PARTIAL_50_PROPOSED, 50",
        "PARTIAL_25, 25", "PARTIAL_25_PROPOSED, 25"
    })
    void bothSpellingsMeanTheSameClose(String text, double percent) {
        assertThat(CloseAction.parse(text))
                .hasValueSatisfying(close -> assertThat(close.percent()).isEqualTo(percent));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HOLD",
                "NONE",
                "UPDATE_SL",
                "FULL",
                "full_close",
                "FULL_CLOSE ",
                "PARTIAL_",
                "_PROPOSED",
                "FULL_CLOSE_PROPOSED_PROPOSED",
                "HOLD_CLOSE_SHADOW"
            })
    void everythingElseIsNoClose(String text) {
        assertThat(CloseAction.parse(text)).isEmpty();
    }
}
