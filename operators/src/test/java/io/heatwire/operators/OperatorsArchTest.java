package io.heatwire.operators;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Operators are pure and see nothing but the JDK and the contract. */
class OperatorsArchTest {

    private static final JavaClasses OPERATORS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heatwire.operators");

    private static final ArchRule NO_CLOCK_RANDOMNESS_OR_THREAD = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Random|Timer|random\\..*)|"
                    + "java\\.security\\.SecureRandom|java\\.lang\\.(Thread|Runtime|Process.*)|"
                    + "java\\.util\\.concurrent\\.(ThreadLocalRandom|Executor.*|CompletableFuture|locks\\..*)|"
                    + "java\\.(io|net|nio\\.file|nio\\.channels)\\..*")
            .orShould()
            .callMethodWhere(target(nameMatching("now|randomUUID|currentTimeMillis|nanoTime|identityHashCode"))
                    .and(target(owner(resideInAnyPackage("java.time..", "java.util..", "java.lang..")))))
            .because("the same event, answers and time must give the same outcome");

    @Test
    void importsTheClassesTheRulesAreAbout() {
        assertThat(OPERATORS.contain(OperatorCatalog.class)).isTrue();
        assertThat(OPERATORS.size()).isGreaterThan(20);
        assertThat(OPERATORS).noneMatch(each -> each.getSimpleName().endsWith("Test"));
    }

    @Test
    void seeTheContractAndTheJdkAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.heatwire.contract..", "io.heatwire.operators..")
                .check(OPERATORS);
    }

    @Test
    void haveNoPackageCycles() {
        slices().matching("io.heatwire.operators.(**)")
                .should()
                .beFreeOfCycles()
                .check(OPERATORS);
        noClasses()
                .that()
                .resideInAPackage("io.heatwire.operators.*..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(OperatorCatalog.class.getName())
                .check(OPERATORS);
    }

    @Test
    void knowNoClockNoRandomnessAndNoThread() {
        NO_CLOCK_RANDOMNESS_OR_THREAD.check(OPERATORS);
    }

    @Test
    void holdNoStateOfTheirOwn() {
        fields().that().areStatic().should().beFinal().check(OPERATORS);
        fields().that().areNotStatic().should().beFinal().check(OPERATORS);
    }

    @Test
    void wouldCatchEachForbiddenCall() {
        for (Class<?> impure :
                new Class<?>[] {ReadsNow.class, ReadsMillis.class, HasClock.class, Rolls.class, Makes.class, Waits.class
                }) {
            JavaClasses one = new ClassFileImporter().importClasses(impure);
            assertThatThrownBy(() -> NO_CLOCK_RANDOMNESS_OR_THREAD.check(one))
                    .as(impure.getSimpleName())
                    .isInstanceOf(AssertionError.class);
        }
    }

    static class ReadsNow {
        Instant now() {
            return Instant.now();
        }
    }

    static class ReadsMillis {
        long now() {
            return System.currentTimeMillis();
        }
    }

    static class HasClock {
        Clock clock;
    }

    static class Rolls {
        int roll() {
            return new Random(1).nextInt();
        }
    }

    static class Makes {
        UUID id() {
            return UUID.randomUUID();
        }
    }

    static class Waits {
        Thread thread;
    }
}
