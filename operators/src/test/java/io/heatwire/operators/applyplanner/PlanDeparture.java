package io.heatwire.operators.applyplanner;

import io.heatwire.operators.number.DecimalText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Where our answer is not that of the seed version, each decided by the inputs of a case; the reasons are in the docs. */
enum PlanDeparture {
    KILL_KEYS_COUNT(given -> given.touches("quantum:kill") || given.touches("quantum:global:kill_switch")),
    KILL_SWITCH_KNOWS_MORE_WORDS(given -> {
        String word = given.env("APPLY_KILL_SWITCH", "false");
        boolean ours = Set.of("1", "true", "yes", "on").contains(word.strip().toLowerCase(Locale.ROOT));
        return ours != word.toLowerCase(Locale.ROOT).equals("true");
    }),
    NUMBERS_ARE_FINITE(given -> List.of(
                    "kill_score",
                    "new_sl_proposed",
                    "R_net",
                    "k_regime_flip",
                    "k_sigma_spike",
                    "k_ts_drop",
                    "k_age_penalty")
            .stream()
            .flatMap(field -> given.valuesOf(field).stream())
            .map(DecimalText::parse)
            .anyMatch(number -> number.isPresent() && !Double.isFinite(number.getAsDouble()))),
    LAST_UPDATE_IS_CHECKED_BEFORE_ANYTHING_IS_MARKED(
            given -> given.lacks("last_update_epoch") || notFinite(given, "last_update_epoch")),
    ONE_CLOSE_VOCABULARY(given -> given.actions().stream()
            .anyMatch(action -> !PlanModel.percent(action).isEmpty()
                    && !Set.of("FULL_CLOSE_PROPOSED", "PARTIAL_75", "PARTIAL_50")
                            .contains(action))),
    ERRORS_DO_NOT_CLAIM_THE_PLAN(given -> given.cycles() > 1 && given.asksTheImpossible()),
    LISTS_ARE_TRIMMED(given -> hasBlanks(given.env("SYMBOLS", "")) || hasBlanks(given.env("APPLY_ALLOWLIST", ""))),
    METRICS_NEVER_BREAK_PUBLISHING(given -> given.env().containsKey("APPLY_METRICS_PORT")),
    OUTCOMES_ARE_WRITTEN_WHOLE(given -> PlanRun.outputKeys(given).stream().anyMatch(given::touches)),
    HEAT_OF_THE_WRONG_TYPE_IS_A_PARSE_ERROR(given -> given.allCommands()
            .anyMatch(command -> !command.get(0).getAsString().equals("HSET")
                    && command.get(1).getAsString().startsWith("quantum:harvest:heat:by_plan:"))),

    CALIBRATION_BELONGS_TO_ITS_PROPOSAL(given -> given.isCalibrated()
            && (given.valuesOf("computed_at_utc").stream().distinct().count() != 1
                    || given.valuesOf("computed_at_utc").contains("")
                    || given.lacks("harvest_action")));

    private final Predicate<PlanCase> applies;

    PlanDeparture(Predicate<PlanCase> applies) {
        this.applies = applies;
    }

    static List<PlanDeparture> of(PlanCase given) {
        return Arrays.stream(values())
                .filter(departure -> departure.applies.test(given))
                .toList();
    }

    /** Whether a setting of the case is refused at the start, by the rules of the docs. */
    static boolean refuses(PlanCase given) {
        return !given.env("APPLY_MODE", "dry_run").strip().equalsIgnoreCase("dry_run")
                || given.symbols().isEmpty()
                || notFlag(given.env("APPLY_KILL_SWITCH", "false"))
                || notFlag(given.env("P28_HEAT_OBS_ENABLED", "true"))
                || List.of(
                                "K_BLOCK_CRITICAL",
                                "K_BLOCK_WARNING",
                                "K_CLOSE_THRESHOLD",
                                "K_OPEN_THRESHOLD",
                                "K_OPEN_CRITICAL")
                        .stream()
                        .anyMatch(name ->
                                DecimalText.parseFinite(given.env(name, "0.5")).isEmpty())
                || below(given, "APPLY_DEDUPE_TTL_SEC", 1)
                || below(given, "P28_DEDUPE_TTL_SEC", 1)
                || below(given, "P28_MAX_DEBUG_CHARS", 2);
    }

    private static boolean below(PlanCase given, String name, long least) {
        String text = given.env(name, "600");
        return DecimalText.parseInteger(text).isEmpty()
                || DecimalText.parseInteger(text).getAsLong() < least;
    }

    private static boolean notFlag(String word) {
        return !Set.of("1", "true", "yes", "on", "0", "false", "no", "off", "")
                .contains(word.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean notFinite(PlanCase given, String field) {
        return given.valuesOf(field).stream()
                .anyMatch(text -> DecimalText.parseFinite(text).isEmpty());
    }

    private static boolean hasBlanks(String list) {
        return !String.join(",", PlanCase.words(list)).equals(list);
    }
}
