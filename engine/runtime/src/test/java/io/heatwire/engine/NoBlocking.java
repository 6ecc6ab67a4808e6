package io.heatwire.engine;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** BlockHound for the tests: a blocking call on a Reactor or event loop thread is an error. */
public final class NoBlocking {

    private NoBlocking() {}

    /** Installs it once. */
    public static void install() {
        BlockHound.builder()
                .loadIntegrations()
                // Loading a class from a jar reads a file; it happens once for each class.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                // The JDK's timer queue is behind a lock that is held for microseconds; a cancelled timer is taken out
                // of it.
                .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove")
                // The fault suite holds an operator up on purpose.
                .allowBlockingCallsInside("io.heatwire.engine.faults.Hold", "pass")
                // TLS takes random numbers from /dev/urandom, which never makes anybody wait.
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                // Netty makes room in its buffer pool behind a lock that is held for microseconds.
                .allowBlockingCallsInside(
                        "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
                // The client counts the writers of a connection, and those who open one look up a table, behind locks
                // that are
                // held for microseconds. Two stages that open at once were seen to meet there.
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
                .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "doExclusive")
                .allowBlockingCallsInside("io.lettuce.core.internal.AbstractInvocationHandler$MethodTranslator", "of")
                // Log appenders write to the console of the test.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "buildLoggingEventAndAppend")
                .blockingMethodCallback(method -> {
                    throw seen(new BlockingOperationError(method));
                })
                .install();
    }

    /** Prints where: an epoch that ends of it says only that it did. */
    private static BlockingOperationError seen(BlockingOperationError error) {
        error.printStackTrace();
        return error;
    }
}
