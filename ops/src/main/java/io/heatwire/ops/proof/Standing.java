package io.heatwire.ops.proof;

import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.Answer;
import io.heatwire.ops.ask.HealthAnswer;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What every stage has to stand up to, whatever its operator: it runs, its entries are its own, and it answers for itself. */
final class Standing {

    private static final String RUNNING = "running";

    private final Ground ground;
    private final StagePlan stage;
    private final Sheet sheet;

    Standing(Ground ground, StagePlan stage, Sheet sheet) {
        this.ground = ground;
        this.stage = stage;
        this.sheet = sheet;
    }

    /** Whether the engine says that the stage runs, or nobody can be asked. */
    boolean isRunning() {
        sheet.test("stage");
        if (!ground.listeners().serves(stage.name(), Serves.HEALTH)) {
            return true;
        }
        return sheet.check("the engine runs it", state().equals(RUNNING), RUNNING, state());
    }

    private String state() {
        Answer<HealthAnswer> health = ground.listeners().health(stage.name());
        return health.said()
                .flatMap(said -> said.stage(stage.name()))
                .map(row -> row.get("state") + said(row))
                .orElse(health.whyNot());
    }

    private static String said(Map<?, ?> row) {
        Object error = row.get("error");
        return error == null || error.toString().isEmpty() || RUNNING.equals(row.get("state")) ? "" : ": " + error;
    }

    /** Whether only groups of this wiring would be given what the stage is given, and what comes of it. */
    boolean isAmongOurselves() {
        if (ground.request().toAllGroups()) {
            return true;
        }
        Set<String> others = new TreeSet<>();
        for (String key : downstream()) {
            Set<String> own = ownGroups(key);
            ground.view().groups(key).keySet().stream()
                    .filter(group -> !own.contains(group))
                    .forEach(group -> others.add(group + " of " + key));
        }
        return others.isEmpty()
                || sheet.check(
                        "nobody else is given its entries",
                        false,
                        "no other groups",
                        String.join(", ", others)
                                + "; nothing was injected; --to-all-groups, if what reads there may be given proposals and decisions"
                                + " that say FULL_CLOSE, PARTIAL_25, FULL_CLOSE_PROPOSED, PARTIAL_50_PROPOSED or HOLD (and what gates make of that), and"
                                + " plans that say SKIP, all of the symbol "
                                + Marks.SYMBOL + ". Readers without a group cannot be seen");
    }

    /** The stream the stage reads, and all that is written because of what is in it. */
    private Set<String> downstream() {
        Set<String> keys = new LinkedHashSet<>(Set.of(Ground.source(stage).key()));
        boolean isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (StagePlan each : ground.plan().stages()) {
                if (each.source() instanceof SourcePlan.FromStream source && keys.contains(source.key())) {
                    isGrowing |= keys.addAll(each.streams().values());
                }
            }
        }
        return keys;
    }

    private Set<String> ownGroups(String key) {
        return ground.graph().stages().stream()
                .map(StageWire::source)
                .filter(SourceWire.FromStream.class::isInstance)
                .map(SourceWire.FromStream.class::cast)
                .filter(source -> ground.graph().stream(source.in().text())
                        .filter(stream -> stream.key().equals(key))
                        .isPresent())
                .map(source -> source.group().text())
                .collect(Collectors.toSet());
    }

    /** Checks that every meter of the operator is served. */
    void metrics(String test) {
        sheet.test(test);
        if (!ground.listeners().serves(stage.name(), Serves.METRICS)) {
            sheet.leaveOut("/metrics", "no listener of the wiring serves the metrics of this stage");
            return;
        }
        Answer<Scrape> answer = ground.listeners().metrics(stage.name());
        if (answer.said().isEmpty()) {
            sheet.check("/metrics", false, "an answer", answer.whyNot());
            return;
        }
        Scrape scrape = answer.said().get();
        List<String> missing =
                meters().stream().filter(name -> !scrape.has(name)).toList();
        sheet.check(
                "every meter of " + stage.spec().name() + " is served",
                missing.isEmpty(),
                meters().size() + " meters",
                missing.isEmpty() ? meters().size() + " meters" : "none of " + String.join(", ", missing));
    }

    /** Checks that a stage on an interval takes its turns. */
    void turns(long everyMs) {
        sheet.test("turns");
        long within = 3 * everyMs / 1000 + 5;
        boolean isTurning = ground.until(() -> sinceTurn() <= within);
        sheet.check("the last turn", isTurning, "at most " + within + " s ago", sinceTurn() + " s ago");
    }

    private long sinceTurn() {
        long last = ground.listeners()
                .health(stage.name())
                .said()
                .flatMap(health -> health.stage(stage.name()))
                .map(row -> row.get("last_loop_epoch"))
                .map(epoch -> epoch instanceof Number number ? number.longValue() : 0L)
                .orElse(0L);
        return ground.nowSec() - last;
    }

    private Set<String> meters() {
        Set<String> names = stage.spec().meters().stream().map(MeterSpec::name).collect(Collectors.toSet());
        MeterSpec loops = stage.spec().duties().loops();
        if (loops != null) {
            names.add(loops.name());
        }
        return names;
    }

    /** Checks that the health says what it should. */
    void health(String test) {
        sheet.test(test);
        if (!ground.listeners().serves(stage.name(), Serves.HEALTH)) {
            sheet.leaveOut("/health", "no listener of the wiring serves the health of this stage");
            return;
        }
        List<String> expected = new ArrayList<>(List.of("state running"));
        if (ground.listeners()
                .health(stage.name())
                .said()
                .filter(HealthAnswer::isOfOneStage)
                .isPresent()) {
            expected.add(0, "status ok");
            stage.spec().duties().health().forEach(field -> expected.add(expectation(field)));
        }
        if (stage.source() instanceof SourcePlan.FromStream) {
            expected.add("nothing left to read");
        }
        ground.until(() -> faults().isEmpty());
        List<String> faults = faults();
        sheet.check(
                "/health",
                faults.isEmpty(),
                String.join(", ", expected),
                faults.isEmpty() ? "that" : String.join(", ", faults));
    }

    private static String expectation(HealthField field) {
        return field.name() + (field.fact() == HealthField.Fact.BACKLOG ? "=0" : " present");
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (!state().equals(RUNNING)) {
            return List.of(state());
        }
        HealthAnswer health = ground.listeners().health(stage.name()).said().orElse(null);
        if (health == null) {
            return List.of("no answer");
        }
        if (health.isOfOneStage()) {
            if (!health.text("status").equals("ok")) {
                faults.add("status " + health.text("status"));
            }
            for (HealthField field : stage.spec().duties().health()) {
                String text = health.text(field.name());
                boolean isFine = field.fact() == HealthField.Fact.BACKLOG ? text.equals("0") : !text.isEmpty();
                if (!isFine) {
                    faults.add(field.name() + "=" + (text.isEmpty() ? "absent" : text));
                }
            }
        }
        health.stage(stage.name())
                .map(row -> row.get("backlog"))
                .filter(backlog -> backlog instanceof Number left && left.longValue() > 0)
                .filter(backlog -> stage.source() instanceof SourcePlan.FromStream)
                .ifPresent(backlog -> faults.add("backlog=" + backlog));
        return faults;
    }
}
