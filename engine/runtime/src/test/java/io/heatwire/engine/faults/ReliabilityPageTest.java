package io.heatwire.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page says what the suite tries, and nothing else. */
class ReliabilityPageTest {

    @Test
    void everyFaultHasARowAndEveryRowAFault() throws IOException {
        List<String> rows = ReliabilityPage.rows(Files.readString(ReliabilityPage.IN_DOCS)).stream()
                .map(row -> row.theme() + ": " + row.fault())
                .toList();
        assertThat(rows)
                .as("write the page with -Dheatwire.reliability.write=true, as ops/bin/heatwire-faults does")
                .containsExactlyInAnyOrderElementsOf(
                        suites().flatMap(ReliabilityPageTest::faults).toList());
    }

    @Test
    void everyRowHeldAndWasSeenToFail() throws IOException {
        assertThat(ReliabilityPage.rows(Files.readString(ReliabilityPage.IN_DOCS)))
                .allSatisfy(row -> {
                    assertThat(row.invariant())
                            .as(row.fault())
                            .contains("doubled 0")
                            .doesNotContain("BROKEN");
                    assertThat(row.control())
                            .as("negative control of " + row.fault())
                            .isNotEmpty();
                });
    }

    @Test
    void readsBackTheRowsItWrites() {
        PageRow row = new PageRow("Entries", "a fault", "a | b", "1 entries", "12", "WARN x<br>WARN y | z", "NONE: c");
        assertThat(PageRow.parse("Entries", row.markdown())).isEqualTo(row);
    }

    private static Stream<Class<?>> suites() {
        return new ClassFileImporter()
                .importPackages("io.heatwire.engine.faults").stream()
                        .filter(each -> each.getSimpleName().endsWith("FaultsIT"))
                        .map(JavaClass::reflect);
    }

    private static Stream<String> faults(Class<?> suite) {
        return Trial.names(suite).stream().map(fault -> Trial.theme(suite) + ": " + fault);
    }
}
