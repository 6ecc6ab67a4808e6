package io.heatwire.contract.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

    private static final Setting DECIMAL = Setting.decimal("d", 0.5, "", 0, 1, "");
    private static final Setting INTEGER = Setting.integer("i", 5, "", 1, 1000, "");
    private static final Setting FLAG = Setting.flag("f", false, "", "");

    @Test
    void readsNumbersWithBlanksAndUnderscores() {
        assertThat(DECIMAL.parse(" 0.25\n")).isEqualTo(0.25);
        assertThat(DECIMAL.parse("1e-3")).isEqualTo(0.001);
        assertThat(INTEGER.parse("+1_000")).isEqualTo(1000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "nan", "NaN", "inf", "Infinity", "1e999", "0x1p0", "1d", "2", "-0.1"})
    void refusesWhatIsNoFiniteNumberInItsBounds(String text) {
        assertThatThrownBy(() -> DECIMAL.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0", "1e3", "0", "1001", "99999999999999999999", "five"})
    void refusesWhatIsNoWholeNumberInItsBounds(String text) {
        assertThatThrownBy(() -> INTEGER.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysTheBounds() {
        assertThatThrownBy(() -> INTEGER.parse("0")).hasMessage("0 is out of range: from 1 to 1000");
    }

    @Test
    void knowsFourWordsForOnAndForOffInAnyCase() {
        for (String on : List.of("true", "1", "YES", "On")) {
            assertThat(FLAG.parse(on)).isEqualTo(true);
        }
        for (String off : List.of("false", "0", "No", "OFF", "")) {
            assertThat(FLAG.parse(off)).isEqualTo(false);
        }
        assertThatThrownBy(() -> FLAG.parse("enabled")).hasMessageContaining("neither true nor false");
    }

    @Test
    void takesAChoiceInAnyCaseAndNamesThemAllOtherwise() {
        Setting choice = Setting.choice("c", "open", "", "", "open", "closed");
        assertThat(choice.parse("CLOSED")).isEqualTo("closed");
        assertThatThrownBy(() -> choice.parse("shut")).hasMessage("'shut' is not one of open, closed");
    }

    @Test
    void trimsTheWordsOfAList() {
        Setting list = Setting.list("l", "", "", "");
        assertThat(list.parse(" BTCUSDT , ,ETHUSDT,")).isEqualTo(List.of("BTCUSDT", "ETHUSDT"));
        assertThat(list.parse("")).isEqualTo(List.of());
    }
}
