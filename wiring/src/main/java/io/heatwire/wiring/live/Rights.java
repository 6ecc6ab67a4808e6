package io.heatwire.wiring.live;

import io.heatwire.contract.declare.Output;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.lease.ConsumerLease;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The rights a user of Redis needs to run a plan, and to look at it. */
public final class Rights {

    private static final String KEY = "$KEY";

    /** What the engine says and its scripts say, each as a call that would change nothing worth keeping: it is only tried dry. */
    private static final List<String> ALWAYS = List.of(
            "EVALSHA 0 1 $KEY",
            "SCRIPT|LOAD x",
            "INFO",
            "TIME",
            "CLIENT|ID",
            "XADD $KEY * f v",
            "XLEN $KEY",
            "XTRIM $KEY MAXLEN 1",
            "XINFO|STREAM $KEY",
            "XINFO|GROUPS $KEY",
            "XRANGE $KEY - +",
            "XREVRANGE $KEY + -",
            "GET $KEY",
            "SET $KEY v",
            "DEL $KEY",
            "HGET $KEY f",
            "HMGET $KEY f",
            "HGETALL $KEY",
            "HLEN $KEY",
            "HSET $KEY f v",
            "HDEL $KEY f",
            "PEXPIRE $KEY 1",
            "EXISTS $KEY");

    private static final List<String> OF_GROUPS = List.of(
            "CLIENT|UNBLOCK 0",
            "XREADGROUP GROUP g c STREAMS $KEY >",
            "XACK $KEY g 0-0",
            "XPENDING $KEY g",
            "XCLAIM $KEY g c 0 0-0",
            "XDEL $KEY 0-0",
            "XGROUP|CREATE $KEY g 0",
            "XGROUP|SETID $KEY g 0",
            "XGROUP|DESTROY $KEY g",
            "XGROUP|DELCONSUMER $KEY g c",
            "XINFO|CONSUMERS $KEY g");

    /** What only the look at the running system says: without them it tells less, and nothing fails. */
    private static final List<String> OF_THE_CHECK =
            List.of("type", "scan", "pttl", "hkeys", "acl|whoami", "acl|dryrun");

    private final Map<String, NeededKey> keys = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>(ALWAYS);

    private Rights(EnginePlan plan) {
        for (StagePlan stage : plan.stages()) {
            if (stage.source() instanceof SourcePlan.FromStream source) {
                fixed(source.key(), stage);
                fixed(SavedOffset.key(source.key(), source.group()), stage);
                // Other engines of the same group have names of their own, and their leases are looked at.
                KeyTemplate lease = new KeyTemplate(
                        ConsumerLease.key(source.key(), source.group(), "{consumer}"),
                        List.of(ConsumerLease.key(source.key(), source.group(), ""), ""),
                        List.of("consumer"));
                add(lease, stage);
            }
            fixed(stage.deadStream(), stage);
            stage.streams().values().forEach(key -> fixed(key, stage));
            stage.config().keys().values().forEach(template -> add(template, stage));
        }
        if (plan.stages().stream().anyMatch(stage -> stage.source() instanceof SourcePlan.FromStream)) {
            calls.addAll(OF_GROUPS);
        }
        if (plan.stages().stream()
                .flatMap(stage -> stage.spec().outputs().stream())
                .anyMatch(Output.ToCounters.class::isInstance)) {
            calls.add("HINCRBY $KEY f 1");
        }
    }

    /** The rights for this plan. */
    public static Rights of(EnginePlan plan) {
        return new Rights(plan);
    }

    /**
     * A key, or all keys of a template.
     *
     * @param text as the plan has it
     * @param pattern the same as a pattern of an ACL
     * @param example one such key
     * @param stage the stage that needs it
     */
    record NeededKey(String text, String pattern, String example, String stage) {}

    private void fixed(String key, StagePlan stage) {
        add(new KeyTemplate(key, List.of(key), List.of()), stage);
    }

    private void add(KeyTemplate template, StagePlan stage) {
        String pattern = template.parts().stream().map(Rights::literally).collect(Collectors.joining("*"));
        keys.putIfAbsent(
                template.text(),
                new NeededKey(template.text(), pattern, String.join("x", template.parts()), stage.name()));
    }

    /** A key may hold what means something in a pattern. */
    private static String literally(String part) {
        return part.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    List<NeededKey> keys() {
        return List.copyOf(keys.values());
    }

    /** The commands of the engine as an ACL calls them, each with a call that may be tried dry. */
    Map<String, List<String>> dryCalls() {
        String key = keys.values().stream().findFirst().map(NeededKey::example).orElse("x");
        Map<String, List<String>> dry = new LinkedHashMap<>();
        for (String call : calls) {
            List<String> words = new ArrayList<>();
            for (String word : call.split(" ", -1)) {
                words.addAll(word.equals(KEY) ? List.of(key) : List.of(word.split("\\|", -1)));
            }
            dry.put(nameOf(call), words);
        }
        return dry;
    }

    private static String nameOf(String call) {
        return call.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** Patterns of keys, as {@code ~pattern}. */
    public List<String> keyRules() {
        return keys.values().stream()
                .map(key -> "~" + key.pattern())
                .distinct()
                .sorted()
                .toList();
    }

    /** Commands, as {@code +command}. */
    public List<String> commandRules() {
        List<String> rules = new ArrayList<>();
        calls.forEach(call -> rules.add("+" + nameOf(call)));
        OF_THE_CHECK.forEach(command -> rules.add("+" + command));
        return rules;
    }

    /** One command for {@code redis-cli} that makes the user with these rights and no others; PASSWORD is to be replaced. */
    public String setUser(String user) {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", user, "reset", "on", ">PASSWORD"));
        words.addAll(keyRules());
        words.addAll(commandRules());
        return words.stream().map(Rights::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[^\\s\"'\\\\]+") ? word : "\"" + word.replaceAll("([\"\\\\])", "\\\\$1") + "\"";
    }
}
