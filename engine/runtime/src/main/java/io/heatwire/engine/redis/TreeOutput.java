package io.heatwire.engine.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes any reply as it is: bytes, integers, nil, and lists of such. The output is a list with the reply as its element. */
final class TreeOutput extends CommandOutput<byte[], byte[], List<Object>> {

    /** Stands for nil: lists of replies hold no null. */
    enum Nil {
        NIL
    }

    private final ReplyDepth reply = new ReplyDepth();
    private final Deque<List<Object>> open = new ArrayDeque<>();

    TreeOutput() {
        super(ByteArrayCodec.INSTANCE, new ArrayList<>());
        open.push(output);
    }

    @Override
    public void multi(int count) {
        if (count < 0) {
            set((ByteBuffer) null);
            return;
        }
        List<Object> list = new ArrayList<>(count);
        top().add(list);
        if (count > 0) {
            open.push(list);
            reply.open(count);
        } else {
            elementDone();
        }
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        top().add(bytes == null ? Nil.NIL : copy(bytes));
        elementDone();
    }

    @Override
    public void setSingle(@Nullable ByteBuffer bytes) {
        set(bytes);
    }

    @Override
    public void set(long integer) {
        top().add(integer);
        elementDone();
    }

    private void elementDone() {
        while (reply.element()) {
            reply.close();
            open.pop();
        }
    }

    private List<Object> top() {
        List<Object> top = open.peek();
        if (top == null) {
            throw new IllegalStateException("reply goes on behind its end");
        }
        return top;
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
