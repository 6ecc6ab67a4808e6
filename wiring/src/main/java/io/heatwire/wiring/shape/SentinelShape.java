package io.heatwire.wiring.shape;

import io.heatwire.wiring.graph.SentinelWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sentinels. A block with an empty master and no nodes is none, so that an environment can leave it out. */
final class SentinelShape {

    private static final Set<String> KEYS = Set.of("master", "nodes", "username", "password", "password_file");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final int DEFAULT_PORT = 26_379;
    private static final int LAST_PORT = 65_535;

    private SentinelShape() {}

    static @Nullable SentinelWire read(Section redis) {
        Section sentinel = redis.section("sentinel", KEYS);
        String master = sentinel.optional("master");
        List<Word> words = sentinel.has("nodes") ? sentinel.words("nodes") : List.of();
        if (master.isEmpty() && words.isEmpty()) {
            return null;
        }
        List<SentinelWire.Node> nodes = nodes(sentinel, words);
        if (master.isEmpty() || words.isEmpty()) {
            sentinel.findings()
                    .add(
                            ProblemCode.VALUE_MISSING,
                            sentinel.placeOf(master.isEmpty() ? "nodes" : "master"),
                            sentinel.title() + " has no " + (master.isEmpty() ? "master" : "nodes"),
                            "name the master as the sentinels call it, and at least one of them as host:port");
        }
        return new SentinelWire(master, nodes, LoginShape.read(sentinel));
    }

    private static List<SentinelWire.Node> nodes(Section sentinel, List<Word> words) {
        List<SentinelWire.Node> nodes = new ArrayList<>();
        for (Word word : words) {
            Matcher node = NODE.matcher(word.text());
            if (node.matches() && port(node) >= 1 && port(node) <= LAST_PORT) {
                nodes.add(new SentinelWire.Node(node.group(1).replaceAll("[\\[\\]]", ""), port(node)));
            } else {
                sentinel.findings()
                        .add(
                                ProblemCode.BAD_VALUE,
                                word.place(),
                                sentinel.name("nodes") + ": " + Shown.quoted(word.text()) + " is not a host and a port",
                                "write host:port, without redis://");
            }
        }
        return List.copyOf(nodes);
    }

    private static int port(Matcher node) {
        return node.group(2) == null ? DEFAULT_PORT : Integer.parseInt(node.group(2));
    }
}
