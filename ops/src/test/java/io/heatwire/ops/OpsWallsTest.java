package io.heatwire.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class OpsWallsTest {

    private final JavaClasses ops = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.heatwire.ops");

    @Test
    void onlyTheEngineTalksToTheRedisClient() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.lettuce..")
                .check(ops);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.heatwire.ops.(*)..").should().beFreeOfCycles().check(ops);
        slices().matching("io.heatwire.ops.demo.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ops);
    }

    @Test
    void marketsAndReportsAreMadeFromPlainValues() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.heatwire.ops.demo.market", "io.heatwire.ops.demo.upstream", "io.heatwire.ops.demo.report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "io.heatwire.engine..", "java.net..", "org.slf4j..")
                .check(ops);
    }
}
