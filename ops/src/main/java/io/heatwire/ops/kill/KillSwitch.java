package io.heatwire.ops.kill;

import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.RedisRefusedException;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.StageWire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of a wiring at which planners look before every plan. Nothing is written over that is no text. */
public final class KillSwitch {

    private static final Set<String> PORTS = Set.of("kill", "kill_switch");
    private static final Set<String> ON_WORDS = Set.of("1", "true", "yes", "on");
    private static final String ON = "1";
    private static final String TEXT = "string";

    private static final String REFUSED = "refused";

    private final List<String> keys;
    private final List<String> setOn;
    private final Map<String, List<String>> planners;
    private final DeadDesk desk;

    /** The kill switch that the stages of this wiring look at. */
    public KillSwitch(Graph graph, DeadDesk desk) {
        this.keys = graph.stagesOn().stream()
                .flatMap(stage -> stage.keys().stream().filter(KillSwitch::isSwitch))
                .flatMap(binding -> graph.key(binding.target().text()).stream())
                .map(KeyWire::template)
                .map(template -> template.key())
                .distinct()
                .toList();
        this.setOn = graph.stagesOn().stream()
                .filter(stage -> stage.settings()
                        .values()
                        .getOrDefault("kill_switch", false)
                        .equals(true))
                .map(StageWire::name)
                .map(name -> name.text())
                .toList();
        this.planners = graph.stagesOn().stream()
                .filter(stage -> stage.keys().stream().anyMatch(KillSwitch::isSwitch))
                .collect(Collectors.toMap(
                        stage -> stage.name().text(),
                        stage -> keys(graph, stage),
                        (first, second) -> first,
                        LinkedHashMap::new));
        this.desk = desk;
    }

    private static List<String> keys(Graph graph, StageWire stage) {
        return stage.keys().stream()
                .filter(KillSwitch::isSwitch)
                .flatMap(binding -> graph.key(binding.target().text()).stream())
                .map(KeyWire::template)
                .map(template -> template.key())
                .distinct()
                .toList();
    }

    /** The planners that none of these keys blocks, nor their own setting: every one that looks at none of them plans on. */
    public List<String> unblocked(Set<String> blockingKeys) {
        return planners.entrySet().stream()
                .filter(planner -> !setOn.contains(planner.getKey()))
                .filter(planner -> planner.getValue().stream().noneMatch(blockingKeys::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The keys that block. */
    public static Set<String> blocking(List<Reading> readings) {
        return readings.stream().filter(Reading::isOn).map(Reading::key).collect(Collectors.toSet());
    }

    private static boolean isSwitch(Binding binding) {
        return PORTS.contains(binding.name().text());
    }

    /** The keys; none when no stage looks at any. */
    public List<String> keys() {
        return keys;
    }

    /** The stages whose own setting is on: no key switches these off. */
    public List<String> stagesSetOn() {
        return setOn;
    }

    /**
     * What a key holds.
     *
     * @param value its text; empty when it is not there or no text
     */
    public record Reading(String key, String type, String value) {

        /** Whether Redis did not let it be read: then nobody here knows whether it blocks. */
        public boolean isRefused() {
            return type.equals(REFUSED);
        }

        /** Whether it blocks: also when it is no text, since a planner then cannot know. */
        public boolean isOn() {
            return type.equals(TEXT)
                    ? ON_WORDS.contains(value.strip().toLowerCase(Locale.ROOT))
                    : !type.equals(BrokerView.NOTHING) && !isRefused();
        }

        /** In a few words. */
        public String shown() {
            if (type.equals(BrokerView.NOTHING)) {
                return "not set";
            }
            if (isRefused()) {
                return "not read: " + value;
            }
            return type.equals(TEXT) ? value : "a " + type + ", which cannot be read";
        }
    }

    /** What the keys hold now. */
    public List<Reading> read() {
        BrokerView view = new BrokerView(desk);
        return keys.stream().map(key -> read(view, key)).toList();
    }

    private Reading read(BrokerView view, String key) {
        try {
            String type = view.type(key);
            return new Reading(key, type, type.equals(TEXT) ? get(key) : "");
        } catch (RedisRefusedException refused) {
            return new Reading(key, REFUSED, String.valueOf(refused.getMessage()));
        }
    }

    private String get(String key) {
        return desk.await(desk.bytes("GET", key))
                .filter(byte[].class::isInstance)
                .map(value -> new String((byte[]) value, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** Whether any of these blocks. */
    public static boolean isOn(List<Reading> readings) {
        return readings.stream().anyMatch(Reading::isOn);
    }

    /** The readings by key, for the ledger. */
    public static Map<String, String> shown(List<Reading> readings) {
        Map<String, String> shown = new LinkedHashMap<>();
        readings.forEach(reading -> shown.put(reading.key(), reading.shown()));
        return shown;
    }

    /**
     * Sets or deletes each key that is a text or not there, and reads it back. A key that Redis refuses keeps no other from it. One that
     * cannot be read is set all the same, and not deleted: it may be somebody's data, but a plan that is not blocked may be worse.
     */
    public List<Check> turn(boolean on) {
        return read().stream().map(before -> turn(before, on)).toList();
    }

    private Check turn(Reading before, boolean on) {
        String expected = on ? "on" : "not set";
        boolean isOurs = before.type().equals(TEXT) || before.type().equals(BrokerView.NOTHING);
        try {
            if (isOurs || (on && before.isRefused())) {
                desk.await(on ? desk.bytes("SET", before.key(), ON) : desk.bytes("DEL", before.key()));
            }
            Reading after = read(new BrokerView(desk), before.key());
            if (after.isRefused()) {
                return new Check(before.key(), expected, (on ? "set to 1, and " : "") + after.shown(), on);
            }
            return new Check(before.key(), expected, after.shown(), after.isOn() == on);
        } catch (RedisRefusedException refused) {
            return Check.bad(before.key(), expected, String.valueOf(refused.getMessage()));
        }
    }
}
