package io.heatwire.engine.redis;

import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Runs the scripts of a stage on its commit connection. A server that has forgotten one (restart, failover, SCRIPT FLUSH), or
 * never heard of it, gets it, and the same call goes out again before anything else.
 */
final class ScriptRunner {

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Script commit;

    ScriptRunner(StatefulRedisConnection<byte[], byte[]> connection, String commitText) {
        this.connection = connection;
        this.commit = Script.of(commitText);
    }

    Mono<Void> load() {
        return load(connection, commit)
                .then(load(connection, LookUpScript.SCRIPT))
                .then(load(connection, ClaimScript.SCRIPT))
                .then(load(connection, GroupScript.SCRIPT));
    }

    Mono<long[]> commit(ScriptCall call) {
        return run(connection, commit, LongsOutput::new, () -> commitArgs(call));
    }

    Mono<Map<LookUp, Answer>> lookUp(List<LookUp> lookUps) {
        return run(connection, LookUpScript.SCRIPT, TreeOutput::new, () -> LookUpScript.args(lookUps))
                .map(reply -> LookUpScript.answers(lookUps, reply.get(0)));
    }

    Mono<List<Entry>> claim(SourcePlan.FromStream source, long minIdleMs, Collection<String> ids) {
        return run(
                        connection,
                        ClaimScript.SCRIPT,
                        () -> ClaimScript.output(source.aliases()),
                        () -> ClaimScript.args(source, minIdleMs, ids))
                .defaultIfEmpty(List.of());
    }

    /** Makes sure that the group of this source is there. */
    Mono<GroupFound> group(SourcePlan.FromStream source) {
        return rare(GroupScript.SCRIPT, () -> GroupScript.args(source))
                .map(reply -> GroupScript.found(source, (List<?>) reply));
    }

    /** The reply of a rare script, as it is. */
    Mono<Object> rare(Script script, Supplier<CommandArgs<byte[], byte[]>> args) {
        return rare(connection, script, args);
    }

    /** The same on any connection. */
    static Mono<Object> rare(
            StatefulRedisConnection<byte[], byte[]> connection,
            Script script,
            Supplier<CommandArgs<byte[], byte[]>> args) {
        return run(connection, script, TreeOutput::new, args).map(reply -> reply.get(0));
    }

    private CommandArgs<byte[], byte[]> commitArgs(ScriptCall call) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.add(RedisLinks.bytes(commit.sha())).add(call.keys().size());
        call.keys().forEach(args::addKey);
        call.args().forEach(args::add);
        return args;
    }

    private static <T> Mono<T> run(
            StatefulRedisConnection<byte[], byte[]> connection,
            Script script,
            Supplier<CommandOutput<byte[], byte[], T>> output,
            Supplier<CommandArgs<byte[], byte[]>> args) {
        Mono<T> once = Mono.defer(() -> connection
                        .reactive()
                        .<T>dispatch(CommandType.EVALSHA, output.get(), args.get())
                        .singleOrEmpty())
                .onErrorMap(RedisErrors::classify);
        return once.onErrorResume(
                LinkException.class,
                failure -> failure.code().equals(RedisErrors.NOSCRIPT)
                        ? load(connection, script).then(once)
                        : Mono.error(failure));
    }

    private static Mono<Void> load(StatefulRedisConnection<byte[], byte[]> connection, Script script) {
        return Mono.defer(() -> connection
                        .reactive()
                        .dispatch(CommandType.SCRIPT, new TreeOutput(), Args.of("LOAD", script.text()))
                        .singleOrEmpty())
                .onErrorMap(RedisErrors::classify)
                .then();
    }
}
