package io.heatwire.operators.applyplanner;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.operators.world.OperatorWorld;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The planner itself on the inputs of a case. */
public final class PlanRun {

    final OperatorWorld world = new OperatorWorld();
    final PlanRedis redis = new PlanRedis(world.hashes, world.values, world.ttlMs);

    private final PlanCase given;
    private final EventOperator planner;

    /**
     * A planner with the settings of the case.
     *
     * @param extra settings by name that override those of the case
     * @throws IllegalArgumentException when a setting is refused
     */
    PlanRun(PlanCase given, Map<String, String> extra) {
        this.given = given;
        this.planner = planner(given.env(), extra);
    }

    /**
     * A planner on the keys of the contract.
     *
     * @param env environment variables by name; the defaults for what is not there
     * @param extra settings by name that override them
     */
    public static EventOperator planner(Map<String, String> env, Map<String, String> extra) {
        OperatorSpec spec = ApplyPlannerSpec.SPEC;
        Map<String, Object> settings = new HashMap<>();
        for (Setting setting : spec.settings()) {
            String text = env.getOrDefault(setting.env(), setting.fallback());
            settings.put(setting.name(), setting.parse(extra.getOrDefault(setting.name(), text)));
        }
        OperatorConfig config = new OperatorConfig(settings, keys(env));
        List<SettingProblem> problems = spec.check().apply(config);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return (EventOperator) spec.factory().apply(config);
    }

    private static Map<String, KeyTemplate> keys(Map<String, String> env) {
        Map<String, KeyTemplate> keys = new HashMap<>();
        for (LookUpSpec lookUp : ApplyPlannerSpec.SPEC.lookUps()) {
            String prefix = env.get("P28_HEAT_LOOKUP_PREFIX");
            boolean moved = lookUp.port().equals("by_plan") && prefix != null;
            keys.put(lookUp.port(), KeyTemplate.parse(moved ? prefix + "{plan_id}" : lookUp.template()));
        }
        return keys;
    }

    void cycle() {
        given.symbols().forEach(this::tick);
    }

    private void tick(String symbol) {
        Event event = world.event(Map.of("symbol", symbol));
        Map<LookUp, Answer> answers = new LinkedHashMap<>();
        planner.lookUps(event).forEach(lookUp -> answers.put(lookUp, answer(lookUp)));
        Found found = new Found(answers);
        planner.moreLookUps(event, found).forEach(lookUp -> answers.put(lookUp, answer(lookUp)));
        Outcome outcome = planner.decide(event, found, given.vector().nowMs());
        // The commit checks the types of all outputs before its first write.
        if (outputKeys(given).stream().noneMatch(world.values::containsKey)) {
            world.apply(outcome);
        }
    }

    private Answer answer(LookUp lookUp) {
        String key = lookUp.key();
        if (redis.unreadable.contains(key)) {
            return new Answer.Failed(Answer.Failure.NOT_UTF8, "a value is not UTF-8");
        }
        boolean wrong = lookUp instanceof LookUp.Hash ? world.values.containsKey(key) : world.hashes.containsKey(key);
        return wrong ? new Answer.Failed(Answer.Failure.WRONG_TYPE, "wrong type") : world.answer(lookUp);
    }

    static List<String> outputKeys(PlanCase given) {
        return List.of(
                "quantum:stream:apply.plan",
                "quantum:stream:apply.result",
                given.env("P28_HEAT_OBS_STREAM", "quantum:stream:apply.heat.observed"));
    }
}
