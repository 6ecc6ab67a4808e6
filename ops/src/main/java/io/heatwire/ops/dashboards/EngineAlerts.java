package io.heatwire.ops.dashboards;

import static io.heatwire.ops.dashboards.Alert.Severity.CRITICAL;
import static io.heatwire.ops.dashboards.Alert.Severity.NONE;
import static io.heatwire.ops.dashboards.Alert.Severity.WARNING;

import java.util.List;

/** What can go wrong with any stage, and with the process. */
final class EngineAlerts {

    private EngineAlerts() {}

    static List<Alert> all() {
        return List.of(
                new Alert(
                        "HeatwireWatchdog",
                        NONE,
                        "0s",
                        "count(up{}) > 0",
                        "Always firing: rules are evaluated",
                        "Nothing to do while it fires. Have whoever receives it call when it stops coming."),
                new Alert(
                        "HeatwireTargetDown",
                        CRITICAL,
                        "2m",
                        "up{} == 0 or absent(up{})",
                        "Prometheus cannot scrape Heatwire{{ with $labels.instance }} at {{ . }}{{ end }}",
                        "Is the process running, and does curl of /health answer on its machine? No other alert can fire until this is"
                                + " mended."),
                new Alert(
                        "HeatwireStageDown",
                        CRITICAL,
                        "2m",
                        "max by (stage) (heatwire_stage_up{}) == 0",
                        "Stage {{ $labels.stage }} runs nowhere",
                        "heatwire status: the error of the stage says why it cannot work. It tries again by itself."),
                new Alert(
                        "HeatwireStageRestarting",
                        WARNING,
                        "0s",
                        "sum by (stage) (increase(heatwire_stage_failures_total{}[15m])) > 3",
                        "Stage {{ $labels.stage }} lost its connections {{ $value | printf \"%.0f\" }} times in 15 minutes",
                        "Look at the log of the stage, then at Redis and the network. Nothing is lost, but nothing gets done either."),
                new Alert(
                        "HeatwireStageHalted",
                        CRITICAL,
                        "0s",
                        "max by (stage) (heatwire_halted{}) == 1",
                        "Stage {{ $labels.stage }} stands before an entry it can never commit",
                        "heatwire status names the entry and why. The stage goes on only when the entry is mended or taken away."),
                new Alert(
                        "HeatwireGroupLost",
                        WARNING,
                        "0s",
                        grown("sum by (stage) (%s)", "heatwire_group_lost_total{}"),
                        "The consumer group of stage {{ $labels.stage }} was found gone",
                        "The log says where it was created again and what that cost. Who removed it?"),
                new Alert(
                        "HeatwireEntriesLost",
                        CRITICAL,
                        "0s",
                        grown("sum by (stage, cause) (%s)", "heatwire_entries_lost_total{}"),
                        "Stage {{ $labels.stage }} lost {{ $value | printf \"%.0f\" }} entries: {{ $labels.cause }}",
                        "Stop what takes them away: the cause says what it is. The log has the numbers and ids."),
                new Alert(
                        "HeatwireLossAhead",
                        CRITICAL,
                        "1m",
                        "min by (stage) (heatwire_time_to_loss_seconds{} >= 0) < 300",
                        "Stage {{ $labels.stage }} loses unread entries to trimming in {{ $value | humanizeDuration }}",
                        "Speed the stage up, or let its input keep more, before the time is over."),
                new Alert(
                        "HeatwireLagging",
                        WARNING,
                        "5m",
                        "max by (stage) (heatwire_lag_seconds{}) > 60",
                        "Stage {{ $labels.stage }} is {{ $value | humanizeDuration }} behind",
                        "heatwire status: is it blocked, stalled, or simply slower than its input?"),
                new Alert(
                        "HeatwireDeadLetters",
                        WARNING,
                        "0s",
                        grown("sum by (stage, reason) (%s)", "heatwire_entries_dead_total{}"),
                        "Stage {{ $labels.stage }} put {{ $value | printf \"%.0f\" }} entries aside: {{ $labels.reason }}",
                        "heatwire dead ls, then heatwire dead show. Mend the cause before putting anything back."),
                new Alert(
                        "HeatwireUnaccounted",
                        CRITICAL,
                        "1m",
                        "max by (stage) (abs(heatwire_unaccounted_entries{})) > 0",
                        "Stage {{ $labels.stage }} cannot say what became of {{ $value | printf \"%.0f\" }} entries",
                        "A fault of the engine. Keep the log and a copy of /metrics before restarting anything."),
                new Alert(
                        "HeatwireReloadRefused",
                        WARNING,
                        "0s",
                        "sum by (outcome) (increase(heatwire_reloads_total{outcome=~\"refused|rolled_back\"}[30m])) > 0",
                        "A changed wiring was {{ $labels.outcome }}; the old one runs on",
                        "reload_refused in /health says why. heatwire check, correct the file, heatwire reload."));
    }

    /**
     * Whether a counter grew in the last 15 minutes. The increase does not see what a counter had already when it was scraped first,
     * and losses of the time when no engine ran are counted at once at the start.
     */
    private static String grown(String sum, String counter) {
        String increase = "increase(" + counter + "[15m])";
        String fresh = counter + " unless " + counter + " offset 15m";
        return sum.formatted(increase) + " > 0\nor\n" + sum.formatted(fresh) + " > 0";
    }
}
