package io.heatwire.wiring.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.FlowMeters;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.SmallCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ReferencePagesTest {

    private static final Path PAGES = Path.of("../docs/reference");
    private static final boolean WRITE = Boolean.getBoolean("heatwire.reference.write");

    /** The meters that the engine records for every stage. */
    private static final List<MeterSpec> ENGINE_METERS = Stream.concat(
                    EngineMeters.all().stream(), FlowMeters.all().stream())
            .toList();

    @TestFactory
    Stream<DynamicTest> theCommittedPagesSayWhatTheOperatorsDeclare() {
        Map<String, String> pages = ReferencePages.render(OperatorCatalog.all(), ENGINE_METERS);
        return pages.entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(page.getKey(), () -> compare(page.getKey(), page.getValue())));
    }

    @Test
    void everyPartOfADeclarationReachesAPage() {
        Map<String, String> pages = ReferencePages.render(
                SmallCatalog.ALL,
                List.of(MeterSpec.histogram("engine_seconds", "Time.", List.of(0.5, 1.0), Label.open("stage", 9))));

        assertThat(pages.get("settings.md"))
                .contains("| `limit_sec` | whole number, 1 to 3600 | `600` | `LIMIT_SEC` | age limit, in s. |")
                .contains("| `mode` | one of `shadow`, `enforce` | `shadow` | `SORT_MODE` |")
                .contains("| `point` | text | required |")
                .contains("| `action` | no | `sorter_action` | what to do. |");
        assertThat(pages.get("metrics.md"))
                .contains("| `engine_seconds` | histogram | `stage`: up to 9 values | Time. Buckets up to 0.5, 1. |")
                .contains("| `sorted_total` | counter | `level`: `low`, `high` | Plans sorted. |");
        assertThat(pages.get("streams-and-keys.md"))
                .contains("| `sorted` | stream |  | `plan_id`, `level` | sorted plans. |")
                .contains("| `dedupe` | marker | `seen:{plan_id}` |")
                .contains("| `plan` | stream |  | `plan_id`, then further ones of the input | plans. |");
    }

    private static void compare(String name, String expected) throws IOException {
        Path page = PAGES.resolve(name);
        if (WRITE) {
            Files.createDirectories(PAGES);
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page))
                .as("run this test with -Dheatwire.reference.write=true and commit the pages")
                .isEqualTo(expected);
    }
}
