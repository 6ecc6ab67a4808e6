package io.heatwire.ops.cli;

import io.heatwire.ops.service.ReloadOutcome;
import io.heatwire.ops.state.PlanFacts;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves word of this engine for {@code heatwire reload}. The engine runs just as well without it. */
final class RunNotice {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.reload");

    private Optional<Path> directory;
    private RunState state;

    /**
     * A notice in this directory, which is written by {@link #opened}.
     *
     * @param takesSignals whether SIGHUP reaches this process
     */
    RunNotice(Optional<Path> directory, Path wiring, Collection<String> only, WiringPlan plan, boolean takesSignals) {
        this.directory = directory;
        this.state = new RunState(
                ProcessHandle.current().pid(),
                RunState.startOf(ProcessHandle.current()),
                wiring.toAbsolutePath().toString(),
                String.join(",", only),
                takesSignals,
                1,
                0,
                "",
                "",
                "",
                PlanFacts.of(plan));
    }

    synchronized void opened() {
        directory = directory.filter(this::isFree);
        write();
    }

    private boolean isFree(Path place) {
        try {
            Files.createDirectories(place);
            Optional<RunState> other = RunState.read(place).filter(RunState::isAlive);
            other.ifPresent(engine -> LOG.warn(
                    "{} is in use by the engine with pid {}: heatwire reload will not find this one; give it another --state-dir",
                    place,
                    engine.pid()));
            return other.isEmpty();
        } catch (IOException refused) {
            LOG.warn("heatwire reload will not find this engine: {}", refused.toString());
            return false;
        }
    }

    synchronized void ended(long loadedAtMs, Optional<WiringPlan> plan, ReloadOutcome outcome) {
        state = new RunState(
                state.pid(),
                state.startedAtMs(),
                state.wiring(),
                state.only(),
                state.takesSignals(),
                outcome.generation(),
                loadedAtMs,
                outcome.kind().name().toLowerCase(Locale.ROOT),
                outcome.change(),
                outcome.findings(),
                plan.map(PlanFacts::of).orElse(state.facts()));
        write();
    }

    private void write() {
        directory.ifPresent(place -> {
            try {
                state.write(place);
            } catch (IOException refused) {
                LOG.warn("heatwire reload does not learn of this: {}", refused.toString());
            }
        });
    }

    synchronized void closed() {
        directory.ifPresent(place -> {
            try {
                RunState.remove(place, state.pid());
            } catch (IOException left) {
                LOG.debug("a stale {} stays behind", place, left);
            }
        });
    }
}
