package io.heatwire.wiring.shape;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.ListenerWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the http listeners. */
final class ListenerShape {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> KEYS = Set.of("host", "port", "serve", "stages", "token", "token_file");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final Set<String> FIGURES = Set.of("metrics", "health", "ready");
    private static final String PAGE = "page";
    private static final Set<String> SERVES = Set.of("metrics", "health", "ready", PAGE);

    private ListenerShape() {}

    static List<ListenerWire> read(Section file) {
        List<ListenerWire> read = new ArrayList<>();
        Findings findings = file.findings();
        for (Node item : items(file)) {
            Section listener = Section.of("http listener", item, findings, KEYS);
            String host = RedisShape.host(listener, "host", LOOPBACK);
            if (!listener.required("port").isMissing()) {
                int port = (int) listener.integer("port", 0, 65_535, 0);
                read.add(new ListenerWire(
                        host,
                        port,
                        listener.placeOf("port"),
                        serves(listener),
                        listener.words("stages"),
                        token(listener)));
            }
        }
        return List.copyOf(read);
    }

    private static @Nullable String token(Section listener) {
        String token = LoginShape.secret(listener, "token");
        if (token != null && !TOKEN.matcher(token).matches()) {
            listener.findings()
                    .add(
                            ProblemCode.BAD_VALUE,
                            listener.placeOf(listener.has("token_file") ? "token_file" : "token"),
                            "the token of an http listener has characters that no header can carry",
                            "use letters, digits and any of . _ ~ + / - = only, for example of openssl rand -hex 32");
        }
        return token;
    }

    private static List<Node> items(Section file) {
        Node node = file.node("http").orElse(new Node.Sequence(List.of(), file.place()));
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (!(node instanceof Node.Broken)) {
            file.findings()
                    .add(
                            ProblemCode.WRONG_TYPE,
                            node.place(),
                            "http must be a list",
                            "begin each listener with a dash: - { port: 8090 }");
        }
        return List.of();
    }

    private static List<Word> serves(Section listener) {
        if (!listener.has("serve")) {
            return FIGURES.stream()
                    .map(name -> new Word(name, listener.place()))
                    .toList();
        }
        List<Word> serves = listener.words("serve");
        for (Word word : serves) {
            if (!SERVES.contains(word.text())) {
                listener.findings()
                        .add(
                                ProblemCode.BAD_VALUE,
                                word.place(),
                                "a listener cannot serve " + Shown.quoted(word.text()),
                                Nearest.advice(word.text(), SERVES));
            }
            if (word.text().equals(PAGE) && listener.has("stages")) {
                listener.findings()
                        .add(
                                ProblemCode.BAD_VALUE,
                                word.place(),
                                "a listener of some stages cannot serve the page, which shows the whole wiring",
                                "serve it at a listener without stages");
            }
        }
        return serves;
    }
}
