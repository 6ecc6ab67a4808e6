package io.heatwire.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.redis.RedisLinks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stage's link and its commit script on a real server, without the stage. */
abstract class CommitsOnRedis {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    final SourcePlan.FromStream source = new SourcePlan.FromStream("in", "g", "c", 100, 100, 30_000, 16, Map.of());
    final CommitScript script;
    final CommitEncoder encoder;
    TestRedis redis;
    RedisLinks links;
    StageLink link;

    CommitsOnRedis(OperatorSpec spec, Map<String, Policy> policies) {
        OperatorConfig config = new OperatorConfig(Map.of(), Map.of());
        StagePlan stage = new StagePlan(spec.name(), spec, config, source, Map.of("out", "out"), "dead", 100);
        this.script = new CommitScript(stage, true, policies);
        this.encoder = new CommitEncoder(script);
    }

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        links = new RedisLinks(redis.plan());
        link = links.open(source, script.text()).block(PATIENCE);
    }

    @AfterEach
    void close() {
        link.close().block(PATIENCE);
        links.close().block(PATIENCE);
        redis.close();
    }

    /** So many new entries. */
    List<Entry> read(int entries) {
        for (int i = 0; i < entries; i++) {
            redis.add("in", "field", "value " + i);
        }
        List<Entry> read = link.fresh(100, 100).block(PATIENCE).entries();
        assertThat(read).hasSize(entries);
        return read;
    }

    static Decided decided(Entry entry, Outcome outcome) {
        return new Decided(entry.id(), entry.event(), entry.deliveries(), outcome);
    }

    static Decided apply(Entry entry, Effect... effects) {
        return decided(entry, Outcome.apply(List.of(effects), List.of()));
    }

    CommitReply commit(Decided... entries) {
        return script.read(link.commit(encoder.encode(List.of(entries))).block(PATIENCE));
    }

    /** What became of each of these. */
    List<Settled> settled(Decided... entries) {
        CommitReply.Done done = (CommitReply.Done) commit(entries);
        return IntStream.range(0, entries.length).mapToObj(done::settled).toList();
    }
}
