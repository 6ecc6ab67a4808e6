package io.heatwire.engine.redis;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.json.JsonParser;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The client without its blocking commands, which nothing here may use. It makes them for each connection by a proxy of some
 * thousand methods, and the first of these takes longer than all else that a start does before it connects.
 */
final class ReactiveClient extends RedisClient {

    ReactiveClient(ClientResources resources, RedisURI uri) {
        super(resources, uri);
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
        return new ReactiveConnection<>(
                writer, pushes, codec, timeout, getOptions().getJsonParser());
    }

    private static final class ReactiveConnection<K, V> extends StatefulRedisConnectionImpl<K, V> {

        ReactiveConnection(
                RedisChannelWriter writer,
                PushHandler pushes,
                RedisCodec<K, V> codec,
                Duration timeout,
                Supplier<JsonParser> parser) {
            super(writer, pushes, codec, timeout, parser);
        }

        /** Called once, by the constructor of the connection. */
        @Override
        @SuppressWarnings("NullAway")
        protected RedisCommands<K, V> newRedisSyncCommandsImpl() {
            return null;
        }

        @Override
        public RedisCommands<K, V> sync() {
            throw new UnsupportedOperationException("nothing here blocks: reactive()");
        }
    }
}
