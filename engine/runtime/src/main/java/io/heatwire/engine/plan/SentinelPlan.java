package io.heatwire.engine.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sentinels that know where the primary is. They are asked anew before each connection.
 *
 * @param master the name under which they know the primary
 * @param nodes where they are; one that answers is enough
 * @param username ACL user of the sentinels themselves; null for the default user
 * @param password password of the sentinels themselves, which is not that of Redis; null for none
 */
public record SentinelPlan(
        String master,
        List<Node> nodes,
        @Nullable String username,
        @Nullable String password) {

    /** One sentinel. */
    public record Node(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return master + " at " + nodes;
    }
}
