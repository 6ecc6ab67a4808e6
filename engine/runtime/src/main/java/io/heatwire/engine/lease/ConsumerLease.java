package io.heatwire.engine.lease;

/** Where it is written that a running engine uses the name of a consumer. */
public final class ConsumerLease {

    private ConsumerLease() {}

    /** The key of the lease: a string that ends soon after its engine does. */
    public static String key(String stream, String group, String consumer) {
        return stream + ":consumer:" + group + ":" + consumer;
    }
}
