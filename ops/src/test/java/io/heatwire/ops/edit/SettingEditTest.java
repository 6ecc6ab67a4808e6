package io.heatwire.ops.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SettingEditTest {

    private static final String BLOCK = """
            # Ünïcode and \uD83D\uDD25 in front
            stages:
              other:
                settings: { mode: live }
              gate:   # the gate
                keys: { mode: not_this }
                settings:
                  mode: ${P26_MODE:-shadow}   # why
                  heat_min: 0.25
            http: []
            """;

    private static String enforced(String text) {
        return SettingEdit.find(text, "gate", "mode").orElseThrow().put(text, "enforce");
    }

    @Test
    void changesTheCharactersOfTheValueAndNoOthers() {
        assertThat(enforced(BLOCK)).isEqualTo(BLOCK.replace("${P26_MODE:-shadow}", "enforce"));
    }

    @Test
    void keepsQuotesAndTheEndsOfLines() {
        String quoted = BLOCK.replace("${P26_MODE:-shadow}", "\"${P26_MODE:-shadow}\"");
        assertThat(enforced(quoted)).isEqualTo(BLOCK.replace("${P26_MODE:-shadow}", "\"enforce\""));
        String single = BLOCK.replace("${P26_MODE:-shadow}", "'shadow'");
        assertThat(enforced(single)).isEqualTo(BLOCK.replace("${P26_MODE:-shadow}", "'enforce'"));
        String windows = BLOCK.replace("\n", "\r\n");
        assertThat(enforced(windows)).isEqualTo(windows.replace("${P26_MODE:-shadow}", "enforce"));
    }

    @Test
    void changesAValueInBraces() {
        String flow = "stages: { gate: { settings: { heat_min: 0.1, mode: shadow, heat_max: 0.2 } } }\n";
        assertThat(enforced(flow)).isEqualTo(flow.replace("shadow", "enforce"));
    }

    @Test
    void writesASettingThatWasLeftToItsDefault() {
        String block = BLOCK.replace("      mode: ${P26_MODE:-shadow}   # why\n", "");
        assertThat(enforced(block)).isEqualTo(block.replace("      heat_min", "      mode: enforce\n      heat_min"));
        String flow = "stages: { gate: { settings: { heat_min: 0.1 } } }\n";
        assertThat(enforced(flow)).isEqualTo("stages: { gate: { settings: { mode: enforce, heat_min: 0.1 } } }\n");
    }

    @Test
    void writesAValueWhereThereIsNone() {
        String empty = BLOCK.replace(" ${P26_MODE:-shadow}   # why", "");
        assertThat(enforced(empty)).isEqualTo(empty.replace("      mode:\n", "      mode: enforce\n"));
    }

    @Test
    void findsNothingWhereThereAreNoSettingsToPutItAmong() {
        assertThat(SettingEdit.find("stages:\n  gate: { operator: x }\n", "gate", "mode"))
                .isEmpty();
        assertThat(SettingEdit.find(BLOCK, "none", "mode")).isEmpty();
    }

    @Test
    void namesTheVariableThatDecidedUntilNow() {
        SettingEdit.Spot spot = SettingEdit.find(BLOCK, "gate", "mode").orElseThrow();
        assertThat(spot.variable()).contains("P26_MODE");
        assertThat(spot.line()).isEqualTo(8);
        assertThat(SettingEdit.find(BLOCK, "other", "mode").orElseThrow().variable())
                .isEmpty();
    }
}
