package io.heatwire.engine.redis;

import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Runs the scripts of a stage on its commit connection. A server that has forgotten them (restart, failover, SCRIPT FLUSH)
 * gets them again, and the same call goes out again before anything else.
 */
final class ScriptRunner {

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final String commitText;
    private final byte[] commitSha;
    private final byte[] lookUpSha = sha(LookUpScript.TEXT);
    private final byte[] groupSha = sha(GroupScript.TEXT);

    ScriptRunner(StatefulRedisConnection<byte[], byte[]> connection, String commitText) {
        this.connection = connection;
        this.commitText = commitText;
        this.commitSha = sha(commitText);
    }

    Mono<Void> load() {
        return load(commitText)
                .then(load(LookUpScript.TEXT))
                .then(load(GroupScript.TEXT))
                .onErrorMap(RedisErrors::classify);
    }

    Mono<long[]> commit(ScriptCall call) {
        return run(() -> new LongsOutput(), () -> commitArgs(call));
    }

    Mono<Map<LookUp, Answer>> lookUp(List<LookUp> lookUps) {
        return run(TreeOutput::new, () -> LookUpScript.args(lookUpSha, lookUps))
                .map(reply -> LookUpScript.answers(lookUps, reply.get(0)));
    }

    /** Makes sure that the group of this source is there. */
    Mono<GroupFound> group(SourcePlan.FromStream source) {
        return run(TreeOutput::new, () -> GroupScript.args(groupSha, source))
                .map(reply -> GroupScript.found(source, (List<?>) reply.get(0)));
    }

    private CommandArgs<byte[], byte[]> commitArgs(ScriptCall call) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.add(commitSha).add(call.keys().size());
        call.keys().forEach(args::addKey);
        call.args().forEach(args::add);
        return args;
    }

    private <T> Mono<T> run(
            Supplier<CommandOutput<byte[], byte[], T>> output, Supplier<CommandArgs<byte[], byte[]>> args) {
        Mono<T> once = Mono.defer(() -> connection
                        .reactive()
                        .<T>dispatch(CommandType.EVALSHA, output.get(), args.get())
                        .singleOrEmpty())
                .onErrorMap(RedisErrors::classify);
        return once.onErrorResume(
                LinkException.class,
                failure -> failure.code().equals(RedisErrors.NOSCRIPT) ? load().then(once) : Mono.error(failure));
    }

    private Mono<Void> load(String text) {
        return Mono.defer(() -> connection
                        .reactive()
                        .dispatch(CommandType.SCRIPT, new TreeOutput(), Args.of("LOAD", text))
                        .singleOrEmpty())
                .then();
    }

    private static byte[] sha(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(RedisLinks.bytes(text));
            return RedisLinks.bytes(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
