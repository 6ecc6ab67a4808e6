package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.faults.RedisSocket.Refused;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/**
 * Keeps adding numbered entries whatever happens: what Redis refused is added later, what was under way on a lost connection may
 * or may not be there and is left to the judge. Remembers every id that Redis has accepted.
 */
final class Feeder implements AutoCloseable {

    /** So many entries in one go, and the pause behind it. */
    record Pace(int entries, long pauseMs) {}

    private final IntSupplier port;
    private final String password;
    private final String stream;
    private final String payload;
    private final NavigableMap<EntryId, String> accepted = new ConcurrentSkipListMap<>();
    private final Deque<String> again = new ArrayDeque<>();
    private final AtomicReference<CompletableFuture<EntryId>> mark = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "feeder");
    private volatile Pace pace;
    private volatile boolean paused;
    private volatile boolean ended;
    private volatile boolean elsewhere;
    private volatile String special;
    private volatile String refusal = "";
    private int next;

    Feeder(IntSupplier port, String password, String stream, Pace pace, int payloadBytes) {
        this.port = port;
        this.password = password;
        this.stream = stream;
        this.pace = pace;
        this.payload = "x".repeat(payloadBytes);
        thread.setDaemon(true);
    }

    Feeder start() {
        thread.start();
        return this;
    }

    /** Every id accepted so far, with the number it carries. */
    NavigableMap<EntryId, String> accepted() {
        return accepted;
    }

    /** The id of the first entry of a round that begins after this call. */
    CompletableFuture<EntryId> mark() {
        CompletableFuture<EntryId> first = new CompletableFuture<>();
        mark.set(first);
        return first;
    }

    void pace(Pace now) {
        pace = now;
    }

    /** The server it adds to is another one now. */
    void moveOn() {
        elsewhere = true;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** One entry of the next round has this word before its number. */
    void slipIn(String word) {
        special = word;
    }

    private void run() {
        RedisSocket socket = null;
        while (!ended) {
            try {
                if (paused) {
                    Pause.ms(5);
                    continue;
                }
                if (elsewhere) {
                    elsewhere = false;
                    throw new IOException("moved on");
                }
                socket = socket == null ? new RedisSocket(port.getAsInt(), password) : socket;
                round(socket);
                Pause.ms(pace.pauseMs());
            } catch (IOException | Refused lost) {
                refusal = String.valueOf(lost.getMessage());
                if (socket != null) {
                    socket.close();
                    socket = null;
                }
                Pause.ms(20);
            }
        }
        if (socket != null) {
            socket.close();
        }
    }

    private void round(RedisSocket socket) throws IOException {
        CompletableFuture<EntryId> first = mark.getAndSet(null);
        List<String> numbers = numbers();
        List<Object> replies;
        try {
            replies = socket.pipeline(numbers.stream()
                    .map(n -> new String[] {"XADD", stream, "*", "n", n, "payload", payload})
                    .toList());
        } catch (IOException lost) {
            mark.compareAndSet(null, first);
            throw lost;
        }
        for (int i = 0; i < numbers.size(); i++) {
            if (replies.get(i) instanceof String id) {
                accepted.put(EntryId.parse(id), numbers.get(i));
                if (first != null) {
                    first.complete(EntryId.parse(id));
                }
            } else {
                again.add(numbers.get(i));
                refusal = String.valueOf(replies.get(i));
            }
        }
        if (first != null && !first.isDone()) {
            mark.compareAndSet(null, first);
        }
        if (refusal.contains("READONLY")) {
            refusal = "";
            throw new IOException("no longer the primary");
        }
    }

    /** What Redis, or the way to it, said last instead of taking an entry. */
    String refusal() {
        return refusal;
    }

    private List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < pace.entries(); i++) {
            String refused = again.poll();
            numbers.add(refused != null ? refused : Integer.toString(next++));
        }
        if (special != null) {
            numbers.set(0, special + numbers.get(0));
            special = null;
        }
        return numbers;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join(15_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
