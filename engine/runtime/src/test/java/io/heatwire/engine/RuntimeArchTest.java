package io.heatwire.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RuntimeArchTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heatwire.engine");

    @Test
    void looksAtRealClasses() {
        assertThat(CLASSES).hasSizeGreaterThan(40);
    }

    @Test
    void onlyTheRedisPackageKnowsTheClientLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.heatwire.engine.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void onlyTheMetricsPackageAndTheDoorKnowTheMetricsLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.heatwire.engine.metrics..", "io.heatwire.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void stagesReachRedisThroughThePortOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.heatwire.engine.stage..", "io.heatwire.engine.commit..", "io.heatwire.engine.watch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.heatwire.engine.redis..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.heatwire.engine.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingBlocks() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Mono.class, "block")
                .orShould()
                .callMethod(Mono.class, "block", java.time.Duration.class)
                .orShould()
                .callMethod(Flux.class, "blockFirst")
                .orShould()
                .callMethod(Flux.class, "blockLast")
                .check(CLASSES);
    }

    @Test
    void oneBadEntryIsNeverSkippedInSilence() {
        noClasses()
                .should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("onErrorContinue")))
                .check(CLASSES);
    }
}
