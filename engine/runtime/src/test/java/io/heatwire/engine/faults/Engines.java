package io.heatwire.engine.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engines of a bench, and what those that have ended said of themselves. */
final class Engines implements AutoCloseable {

    private final LogTap log;
    private final List<Running> running = new ArrayList<>();
    private final List<Account> accounts = new ArrayList<>();
    private boolean allReported = true;

    /**
     * None so far.
     *
     * @param log where lines of engines in processes of their own go
     */
    Engines(LogTap log) {
        this.log = log;
    }

    <E extends Running> E add(E engine) {
        running.add(engine);
        return engine;
    }

    /** Kills one; nobody asks it for its account any more. */
    void kill(OwnProcess engine) {
        engine.kill();
        running.remove(engine);
        allReported = false;
        log.read(engine.log());
    }

    /** Ends one in good order and takes its account, if it is one of those that write to this stream. */
    void stop(Running engine, String output) {
        running.remove(engine);
        Optional<Account> account = engine.stop();
        boolean judged = !(engine instanceof InProcess inner) || inner.output().equals(output);
        account.filter(each -> judged).ifPresent(accounts::add);
        allReported &= account.isPresent();
        if (engine instanceof OwnProcess process) {
            log.read(process.log());
        }
    }

    void stopAll(String output) {
        List.copyOf(running).forEach(engine -> stop(engine, output));
    }

    List<Account> accounts() {
        return accounts;
    }

    /** Whether none has ended without saying what it did. */
    boolean allReported() {
        return allReported;
    }

    /** Ends what still runs, in whatever way. */
    @Override
    public void close() {
        running.forEach(Engines::end);
    }

    private static void end(Running engine) {
        if (engine instanceof OwnProcess process) {
            process.kill();
        } else {
            engine.stop();
        }
    }
}
