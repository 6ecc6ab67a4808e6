package io.heatwire.ops.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageProgress;
import io.heatwire.engine.health.StageState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

final class AnnouncementsTest {

    private static final Health CONNECTED = Snapshots.with(StageState.RUNNING, "", EdgeState.FLOWING);
    private static final Health IDLE = Snapshots.with(StageState.RUNNING, "", EdgeState.IDLE);
    private static final Health WITHOUT_EDGE = Snapshots.with(StageState.RUNNING, "", EdgeState.ABSENT);

    private final List<String> sent = new ArrayList<>();
    private VirtualTimeScheduler time;
    private Health health = CONNECTED;
    private long steps;
    private long inFlight;
    private int lost;
    private boolean isFaulty;
    private Duration longestAnswer = Duration.ofSeconds(5);

    @BeforeEach
    void stopTheClock() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letItRun() {
        VirtualTimeScheduler.reset();
    }

    private Announcements announcements(Duration watchdog) {
        return new Announcements(
                Optional.of(assignments -> Mono.fromSupplier(() -> take(assignments))),
                Optional.ofNullable(watchdog),
                announced());
    }

    private boolean take(List<String> assignments) {
        if (lost > 0) {
            lost--;
            return false;
        }
        return sent.addAll(assignments);
    }

    private void orFault() {
        if (isFaulty) {
            throw new IllegalStateException("a fault of the test");
        }
    }

    private Announced announced() {
        return new Announced(
                () -> {
                    orFault();
                    return health;
                },
                () -> {
                    orFault();
                    return List.of(new StageProgress("heat_gate", steps, inFlight));
                },
                () -> "",
                () -> longestAnswer);
    }

    private void pass(int seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    private long pings() {
        return sent.stream().filter("WATCHDOG=1"::equals).count();
    }

    @Test
    void isReadyOnlyWhenEveryDeclaredEdgeIsConnectedAndSaysSoOnce() {
        health = WITHOUT_EDGE;
        Disposable running = announcements(null).whileItRuns().subscribe();
        pass(60);
        assertThat(sent)
                .containsExactly(
                        "STATUS=not ready: apply_plan to heat_gate is absent; 1 stage, 1 edge absent, lag 12, 3 dead");

        health = CONNECTED;
        pass(1);
        assertThat(sent).endsWith("READY=1", "STATUS=1 stage, 1 edge flowing, lag 12, 3 dead");

        health = WITHOUT_EDGE;
        pass(60);
        health = CONNECTED;
        pass(60);
        running.dispose();
        assertThat(sent).containsOnlyOnce("READY=1");
    }

    @Test
    void tellsAStateThatFlickersEveryFewSecondsAtMost() {
        Disposable running = announcements(null).whileItRuns().subscribe();
        for (int second = 0; second < 60; second++) {
            health = second % 2 == 0 ? IDLE : CONNECTED;
            pass(1);
        }
        running.dispose();

        assertThat(sent).hasSizeBetween(2, 15);
    }

    @Test
    void pingsInAThirdOfTheTimeOfTheWatchdog() {
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        pass(100);
        running.dispose();

        assertThat(pings()).isEqualTo(11);
    }

    @Test
    void pingsOftenEnoughForAShortTimeToo() {
        Disposable running = announcements(Duration.ofSeconds(1)).whileItRuns().subscribe();
        pass(10);
        running.dispose();

        assertThat(pings()).isEqualTo(31);
    }

    @Test
    void stopsPingingForAStageThatHoldsEntriesAndMakesNoStep() {
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        inFlight = 3;
        pass(30);
        long before = pings();
        pass(300);
        assertThat(pings()).isEqualTo(before);

        steps++;
        pass(20);
        running.dispose();
        assertThat(pings()).as("it gets on again").isGreaterThan(before);
    }

    @Test
    void pingsForAStageThatWaitsForRedisHoweverLong() {
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        inFlight = 3;
        for (int attempt = 0; attempt < 100; attempt++) {
            steps++;
            pass(10);
        }
        running.dispose();

        assertThat(pings()).isEqualTo(101);
    }

    @Test
    void pingsForAStageThatHasNothingToDo() {
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        pass(1000);
        running.dispose();

        assertThat(pings()).isEqualTo(101);
    }

    @Test
    void doesNotTakeASlowAnswerForStandingStillWhenTheTimeOfACommandIsLong() {
        longestAnswer = Duration.ofSeconds(60);
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        inFlight = 1;
        pass(110);
        running.dispose();

        assertThat(pings()).isEqualTo(12);
    }

    @Test
    void announcesAReloadAndItsEndWhateverComesOfIt() {
        Announcements announcements = announcements(null);
        Disposable running = announcements.whileItRuns().subscribe();
        pass(1);
        sent.clear();

        announcements.around(Mono.fromRunnable(() -> sent.add("accepted"))).subscribe();
        announcements
                .around(Mono.error(new IllegalStateException("refused")))
                .onErrorComplete()
                .subscribe();
        running.dispose();

        assertThat(sent.stream().filter(line -> !line.startsWith("MONOTONIC_USEC=")))
                .containsExactly("RELOADING=1", "accepted", "READY=1", "RELOADING=1", "READY=1");
        assertThat(sent).anyMatch(line -> line.matches("MONOTONIC_USEC=[0-9]+"));
    }

    @Test
    void tellsAgainASecondLaterWhatDidNotArrive() {
        lost = 3;
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        pass(2);
        assertThat(sent).isEmpty();

        pass(1);
        assertThat(sent).containsExactly("READY=1", "STATUS=1 stage, 1 edge flowing, lag 12, 3 dead", "WATCHDOG=1");

        pass(9);
        lost = 1;
        pass(2);
        running.dispose();
        assertThat(pings()).as("a lost ping comes a second later").isEqualTo(2);
    }

    @Test
    void tellsTheEndOfAReloadAgainUntilItArrives() {
        Announcements announcements = announcements(null);
        Disposable running = announcements.whileItRuns().subscribe();
        pass(1);
        sent.clear();

        announcements.around(Mono.fromRunnable(() -> lost = 2)).subscribe();
        assertThat(sent).doesNotContain("READY=1");
        pass(60);
        running.dispose();

        assertThat(sent).startsWith("RELOADING=1").containsOnlyOnce("READY=1");
    }

    @Test
    void pingsOnAndTellsTheRestLaterWhenALookFails() {
        isFaulty = true;
        Disposable running = announcements(Duration.ofSeconds(30)).whileItRuns().subscribe();
        pass(100);
        assertThat(sent).containsOnly("WATCHDOG=1").hasSize(11);

        isFaulty = false;
        pass(1);
        running.dispose();
        assertThat(sent).contains("READY=1");
    }

    @Test
    void doesNotClaimToBeReadyAfterAReloadThatCameBefore() {
        health = WITHOUT_EDGE;
        Announcements announcements = announcements(null);
        announcements.whileItRuns().subscribe().dispose();

        announcements.around(Mono.empty()).subscribe();

        assertThat(sent).noneMatch(line -> line.startsWith("READY") || line.startsWith("RELOADING"));
    }

    @Test
    void saysThatItStopsAndDoesNotWaitForASystemdThatHangs() {
        announcements(null).stopping().subscribe();
        assertThat(sent).containsExactly("STOPPING=1", "STATUS=draining");

        List<String> ended = new ArrayList<>();
        new Announcements(Optional.of(assignments -> Mono.never()), Optional.empty(), announced())
                .stopping()
                .subscribe(nothing -> {}, failure -> {}, () -> ended.add("ended"));
        pass(2);
        assertThat(ended).hasSize(1);
    }

    @Test
    void leavesBehindWhatCameOfTheDrain() {
        announcements(null).stopped("drained: committed 3").block();

        assertThat(sent).containsExactly("STATUS=drained: committed 3");
    }

    @Test
    void isSilentWithoutASocketAndHoldsNothingUp() {
        Announcements none = Announcements.of(Map.of("WATCHDOG_USEC", "1000000"), announced());
        none.whileItRuns().subscribe();
        pass(100);

        none.around(Mono.fromRunnable(() -> sent.add("reloaded"))).block();
        none.stopping().block();
        none.stopped("drained").block();

        assertThat(sent).containsExactly("reloaded");
    }

    @Test
    void takesAWatchdogThatIsMeantForItAndNoOther() {
        String own = Long.toString(ProcessHandle.current().pid());
        assertThat(WatchdogTime.of(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", own)))
                .contains(Duration.ofSeconds(30));
        assertThat(WatchdogTime.of(Map.of("WATCHDOG_USEC", "30000000"))).contains(Duration.ofSeconds(30));
        assertThat(WatchdogTime.of(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1")))
                .isEmpty();
        assertThat(WatchdogTime.of(Map.of("WATCHDOG_USEC", "soon"))).isEmpty();
        assertThat(WatchdogTime.of(Map.of())).isEmpty();
    }
}
