package io.heatwire.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.ops.demo.report.ChainFigures;
import io.heatwire.ops.demo.report.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

final class ChainReaderTest {

    private static final Chain CHAIN = new Chain(
            "plans",
            "decisions",
            "observed",
            "calibrated",
            KeyTemplate.parse("key:{plan_id}"),
            1_800_000,
            List.of(new Chain.Input("plans", "gate")),
            List.of("dead"));

    private final Map<String, Object> replies = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final ChainFigures figures = new ChainFigures();
    private final ChainReader reader = new ChainReader(this::answer, CHAIN, figures);

    @Test
    void readsEachStreamFromWhereItLeftOff() {
        replies.put("XRANGE plans - + COUNT 1000", List.of(entry("1000-0", "plan_id", "a")));
        replies.put("XRANGE decisions - + COUNT 1000", List.of(entry("1002-0", "plan_id", "a", "heat_level", "hot")));
        replies.put("PEXPIRETIME key:a", 1_801_004L);

        assertThat(reader.read()).isPresent();
        assertThat(reader.read()).isEmpty();

        assertThat(asked).contains("XRANGE plans (1000-0 + COUNT 1000", "XRANGE decisions (1002-0 + COUNT 1000");
        assertThat(figures.progress()).startsWith("plans 1   decisions 1 (cold 0, warm 0, hot 1, unknown 0)");
    }

    @Test
    void readsEffectsBeforeTheirCauses() {
        reader.read();

        assertThat(asked)
                .containsExactly(
                        "XRANGE observed - + COUNT 1000",
                        "XRANGE decisions - + COUNT 1000",
                        "XRANGE plans - + COUNT 1000");
    }

    @Test
    void takesTotalsThatRetentionCannotHide() {
        replies.put("XINFO STREAM plans", List.of("length", 7L, "entries-added", 12L));
        replies.put("XLEN dead", 2L);
        replies.put("XPENDING plans gate", List.of(3L, "1-0", "2-0", List.of()));

        assertThat(reader.totals()).isEqualTo(new Totals(12, 0, 0, 2, 3));
    }

    private Mono<Object> answer(String name, String... args) {
        String command = name + " " + String.join(" ", args);
        asked.add(command);
        Object reply = replies.get(command);
        return reply == null && name.startsWith("X") && !name.equals("XRANGE")
                ? Mono.error(new IllegalStateException("ERR no such key"))
                : Mono.justOrEmpty(reply);
    }

    private static List<Object> entry(String id, Object... fields) {
        return List.of(id, List.of(fields));
    }
}
