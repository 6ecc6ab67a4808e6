package io.heatwire.wiring.shape;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.shape.AskedKeys.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON Schema of wiring files, for editors. Read off the shapes: they read a small made-up file, and each key they know is
 * given to them until they say what they ask of it. What a schema cannot say (names that must be declared, settings that fit
 * together) is left to the check.
 */
public final class WiringSchema {

    private static final String NAME = "^[a-z][a-z0-9_]{0,62}$";
    private static final Place NOWHERE = Place.NONE;

    private final List<OperatorSpec> catalog;
    private final AskedKeys keys = new AskedKeys();

    private WiringSchema(List<OperatorSpec> catalog) {
        this.catalog = catalog;
    }

    /** The schema for these operators, as maps, lists, texts and numbers in a fixed order. */
    public static Map<String, Object> of(List<OperatorSpec> catalog) {
        return new WiringSchema(catalog).schema();
    }

    /** Keys that the shapes know without having said what they ask of them, each with its block: there should be none. */
    static List<String> unexplained(List<OperatorSpec> catalog) {
        WiringSchema schema = new WiringSchema(catalog);
        schema.askAll();
        List<String> unexplained = new ArrayList<>();
        for (String title : schema.titles()) {
            Block block = schema.block(title);
            Set<String> silent = new TreeSet<>(block.known());
            silent.removeAll(block.asked().keySet());
            silent.removeAll(schema.elsewhere(title));
            silent.forEach(key -> unexplained.add(key + " of " + title));
        }
        return unexplained;
    }

    private Map<String, Object> schema() {
        askAll();
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (String title : titles()) {
            if (!title.equals(Section.FILE)) {
                definitions.put(title.replace(' ', '_'), object(block(title), elsewhere(title)));
            }
        }
        catalog.forEach(spec -> definitions.put("stage_" + spec.name(), stage(spec)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Heatwire wiring");
        schema.put("type", "object");
        schema.put("required", List.of("heatwire", "stages"));
        schema.put("additionalProperties", false);
        schema.put("properties", top());
        schema.put("$defs", definitions);
        return schema;
    }

    private Map<String, Object> top() {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : GraphShape.KEYS) {
            properties.put(
                    key,
                    switch (key) {
                        case "heatwire" -> Map.of("enum", List.of(1, "1"));
                        case "streams" -> named(ValueSchema.block("stream s").json());
                        case "lookups" -> named(ValueSchema.block("lookup k").json());
                        case "stages" -> named(stages());
                        case "coverage" -> named(ValueSchema.block("coverage c").json());
                        case "http" ->
                            Map.of(
                                    "type",
                                    "array",
                                    "items",
                                    ValueSchema.block("http listener").json());
                        default -> ValueSchema.block(key).json();
                    });
        }
        return properties;
    }

    private static Map<String, Object> named(Map<String, Object> each) {
        return Map.of("type", "object", "propertyNames", Map.of("pattern", NAME), "additionalProperties", each);
    }

    /** Which keys a stage may have depends on its operator. */
    private Map<String, Object> stages() {
        List<Object> cases = new ArrayList<>();
        for (OperatorSpec spec : catalog) {
            Map<String, Object> only = new LinkedHashMap<>();
            only.put("if", Map.of("properties", Map.of("operator", Map.of("const", spec.name()))));
            only.put("then", Map.of("$ref", "#/$defs/stage_" + spec.name()));
            cases.add(only);
        }
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("type", "object");
        stage.put("required", List.of("operator"));
        stage.put(
                "properties",
                Map.of(
                        "operator",
                        Map.of("enum", catalog.stream().map(OperatorSpec::name).toList())));
        stage.put("allOf", cases);
        return stage;
    }

    private Map<String, Object> stage(OperatorSpec spec) {
        String title = "stage " + spec.name();
        Map<String, Object> stage = object(block(title), elsewhere(title));
        stage.put("description", spec.summary());
        return stage;
    }

    private Map<String, Object> object(Block block, Set<String> leftOut) {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : block.known()) {
            if (!leftOut.contains(key)) {
                properties.put(key, block.value(key).json());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("additionalProperties", false);
        object.put("required", new ArrayList<>(block.required()));
        object.put("properties", properties);
        return object;
    }

    /** Keys of the other kind of stage. */
    private Set<String> elsewhere(String title) {
        return catalog.stream()
                .filter(spec -> title.equals("stage " + spec.name()))
                .findFirst()
                .map(spec ->
                        spec.kind() == OperatorSpec.Kind.POLLED ? SourceShape.STREAM_KEYS : SourceShape.POLLED_KEYS)
                .orElse(title.equals(Section.FILE) ? GraphShape.KEYS : Set.of());
    }

    private Block block(String title) {
        return keys.of(title).orElseThrow(() -> new IllegalStateException("no shape reads " + title));
    }

    private List<String> titles() {
        return List.copyOf(keys.titles());
    }

    private void askAll() {
        ask(Map.of());
        for (String title : titles()) {
            for (String key : List.copyOf(block(title).known())) {
                ask(Map.of(title, key));
            }
        }
    }

    /** Lets the shapes read a file in which this block has this key. */
    private void ask(Map<String, String> keyByTitle) {
        List<Node.Entry> file = new ArrayList<>();
        file.add(entry("heatwire", text("1")));
        file.add(entry("redis", below("redis", keyByTitle, entry("sentinel", sentinel(keyByTitle)))));
        file.add(entry("engine", below("engine", keyByTitle)));
        file.add(entry("streams", mapping(entry("s", below("stream s", keyByTitle)))));
        file.add(entry("lookups", mapping(entry("k", below("lookup k", keyByTitle)))));
        file.add(entry(
                "stages",
                mapping(catalog.stream()
                        .map(spec -> entry(spec.name(), stage(spec, keyByTitle)))
                        .toArray(Node.Entry[]::new))));
        file.add(entry(
                "coverage",
                mapping(entry(
                        "c",
                        below(
                                "coverage c",
                                keyByTitle,
                                entry("of", text("s")),
                                entry("by", text("f")),
                                entry("in", text("k")))))));
        file.add(entry(
                "http",
                new Node.Sequence(List.of(below("http listener", keyByTitle, entry("port", text("1")))), NOWHERE)));
        GraphShape.read(mapping(file.toArray(Node.Entry[]::new)), catalog, keys);
    }

    /** Its login is read only of sentinels that are there. */
    private static Node sentinel(Map<String, String> keyByTitle) {
        return below("sentinel of redis", keyByTitle, entry("master", text("m")), entry("nodes", text("n")));
    }

    private static Node stage(OperatorSpec spec, Map<String, String> keyByTitle) {
        String title = "stage " + spec.name();
        return below(
                title,
                keyByTitle,
                entry("operator", text(spec.name())),
                entry(
                        "settings",
                        mapping(spec.settings().stream()
                                .map(setting -> entry(setting.name(), text(valueOf(setting))))
                                .toArray(Node.Entry[]::new))));
    }

    private static String valueOf(Setting setting) {
        String fallback = setting.fallback();
        return fallback == null || fallback.isEmpty() ? "1" : fallback;
    }

    private static Node below(String title, Map<String, String> keyByTitle, Node.Entry... always) {
        List<Node.Entry> entries = new ArrayList<>(List.of(always));
        String key = keyByTitle.get(title);
        if (key != null
                && entries.stream().noneMatch(entry -> entry.key().text().equals(key))) {
            entries.add(entry(key, text("1")));
        }
        return new Node.Mapping(entries, NOWHERE);
    }

    private static Node mapping(Node.Entry... entries) {
        return new Node.Mapping(List.of(entries), NOWHERE);
    }

    private static Node.Entry entry(String key, Node value) {
        return new Node.Entry(text(key), value);
    }

    private static Node.Scalar text(String text) {
        return new Node.Scalar(text, false, "", NOWHERE);
    }
}
