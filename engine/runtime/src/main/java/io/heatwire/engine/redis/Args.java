package io.heatwire.engine.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import java.nio.charset.StandardCharsets;

/** Command arguments as bytes: the client's own string arguments are ASCII only. */
final class Args {

    private Args() {}

    static CommandArgs<byte[], byte[]> of(Object... words) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        for (Object word : words) {
            args.add(word.toString().getBytes(StandardCharsets.UTF_8));
        }
        return args;
    }
}
