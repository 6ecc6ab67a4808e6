package io.heatwire.wiring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Data goes one way through the packages: file, environment, shape, check, assembly. */
final class WiringArchitectureTest {

    private static final String BASE = "io.heatwire.wiring";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void thereAreClassesToLookAt() {
        assertThat(CLASSES.contain(BASE + ".Wiring")).isTrue();
        assertThat(CLASSES.size()).isGreaterThan(30);
    }

    @Test
    void packagesSeeOnlyWhatIsBeforeThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(BASE + "..")
                .layer("door")
                .definedBy(BASE)
                .layer("problem")
                .definedBy(BASE + ".problem")
                .layer("file")
                .definedBy(BASE + ".file")
                .layer("environment")
                .definedBy(BASE + ".environment")
                .layer("graph")
                .definedBy(BASE + ".graph")
                .layer("shape")
                .definedBy(BASE + ".shape")
                .layer("check")
                .definedBy(BASE + ".check")
                .layer("assembly")
                .definedBy(BASE + ".assembly")
                .layer("live")
                .definedBy(BASE + ".live")
                .optionalLayer("reference")
                .definedBy(BASE + ".reference")
                .layer("credential")
                .definedBy(BASE + ".credential")
                .whereLayer("credential")
                .mayOnlyBeAccessedByLayers("shape")
                .whereLayer("door")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("environment")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("shape")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("live")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("door", "live")
                .whereLayer("assembly")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("file")
                .mayOnlyBeAccessedByLayers("door", "environment", "shape")
                .whereLayer("graph")
                .mayOnlyBeAccessedByLayers("door", "credential", "shape", "check", "assembly", "live")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheFilePackageKnowsTheYamlLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".file")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .check(CLASSES);
    }

    @Test
    void nothingHereReadsTheEnvironmentOrTheClockOnItsOwn() {
        noClasses()
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }
}
