package io.heatwire.engine.commit;

/** What the script answered. */
public sealed interface CommitReply {

    /** Every entry is settled. */
    final class Done implements CommitReply {

        private final long[] replies;

        /** The numbers of the script: a 0, then one for each entry. */
        Done(long[] replies) {
            this.replies = replies;
        }

        /** What became of the entry at this position of the call. */
        public Settled settled(int index) {
            return Settled.of(replies[index + 1]);
        }

        /** Whether the guard of this group had been passed before. */
        public boolean isDuplicate(int index, int group) {
            return ((replies[index + 1] >> (3 + group)) & 1) == 1;
        }
    }

    /** Nothing was done: the stream has reached its cap. */
    record Full(String stream) implements CommitReply {}

    /** Nothing was done: the key is no stream. */
    record BadKey(String stream) implements CommitReply {}
}
