package io.heatwire.engine.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.util.Arrays;

/** Decodes a flat array of integers, as the commit script answers. */
final class LongsOutput extends CommandOutput<byte[], byte[], long[]> {

    private int used;

    LongsOutput() {
        super(ByteArrayCodec.INSTANCE, new long[0]);
    }

    @Override
    public void multi(int count) {
        output = new long[Math.max(count, 0)];
    }

    @Override
    public void set(long integer) {
        if (used == output.length) {
            output = Arrays.copyOf(output, used + 1);
        }
        output[used++] = integer;
    }
}
