package io.heatwire.engine.redis;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.Entry;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes stream entries straight into compact events: no map and no string for each field. A reply is one list, so that a
 * batch is one element and demand is counted in batches.
 */
final class EntriesOutput extends CommandOutput<byte[], byte[], List<Entry>> {

    /** Where the array of entries is in the reply of XREADGROUP: behind the array of streams and the pair of key and entries. */
    static final int OF_XREADGROUP = 3;

    /** XCLAIM, XRANGE and XREVRANGE answer with the array of entries itself. */
    static final int OF_XCLAIM = 1;

    private final EntryDecoder decoder;
    private final int entriesDepth;
    private final ReplyDepth reply = new ReplyDepth();
    private @Nullable EntryId id;

    EntriesOutput(EntryDecoder decoder, int entriesDepth) {
        super(ByteArrayCodec.INSTANCE, new ArrayList<>());
        this.decoder = decoder;
        this.entriesDepth = entriesDepth;
    }

    @Override
    public void multi(int count) {
        int level = reply.depth() + 1 - entriesDepth;
        if (count < 0) {
            nil(level - 1);
            return;
        }
        if (level == 2) {
            decoder.begin(count / 2);
        }
        if (count > 0) {
            reply.open(count);
            return;
        }
        if (level == 2) {
            finishEntry();
        }
        elementDone();
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        int level = reply.depth() - entriesDepth;
        if (bytes == null) {
            nil(level);
            return;
        }
        if (level == 2) {
            decoder.add(bytes);
        } else if (level == 1) {
            id = decoder.id(bytes);
        }
        elementDone();
    }

    /** In the place of the fields: a pending entry whose body is gone from the stream. Elsewhere: no entries at all. */
    private void nil(int level) {
        if (level == 1 && id != null) {
            output.add(new Entry(id, null, Entry.Trouble.GONE, 1));
            id = null;
        }
        elementDone();
    }

    @Override
    public void set(long integer) {
        elementDone();
    }

    private void elementDone() {
        while (reply.element()) {
            if (reply.depth() - entriesDepth == 2) {
                finishEntry();
            }
            reply.close();
        }
    }

    private void finishEntry() {
        if (id != null) {
            output.add(decoder.finish(id));
            id = null;
        }
    }
}
