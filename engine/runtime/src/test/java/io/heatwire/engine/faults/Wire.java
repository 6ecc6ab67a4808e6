package io.heatwire.engine.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP wire between an engine and Redis on which replies can be swallowed, delayed, cut, or on which nothing arrives any more
 * while both ends believe it is open. It knows just enough of the protocol to tell what was asked last on a connection.
 */
final class Wire implements AutoCloseable {

    /** What becomes of a piece of a reply. */
    enum Deed {
        PASS,
        /** It goes nowhere, nor does anything behind it; the connection stays. */
        SWALLOW,
        /** It goes nowhere, and both ends are closed. */
        SWALLOW_AND_CLOSE,
        /** Half of it arrives, then both ends are closed. */
        CUT_AND_CLOSE
    }

    /** Decides about a reply; called on the connection's own thread, so it may also wait. */
    interface Tamper {
        /**
         * What becomes of it.
         *
         * @param asked the command sent last, in capitals
         * @param entries whether it looks like a reply with something in it
         */
        Deed onReply(String asked, boolean entries);
    }

    private final int redisPort;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Tamper tamper = (asked, entries) -> Deed.PASS;
    private volatile boolean silent;
    private volatile String heldBack = "";
    private volatile boolean holding;
    private volatile long aheadSeconds;

    Wire(int redisPort) {
        this.redisPort = redisPort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        start(this::accept, "wire");
    }

    int port() {
        return listener.getLocalPort();
    }

    void tamper(Tamper with) {
        tamper = with;
    }

    void mend() {
        tamper = (asked, entries) -> Deed.PASS;
        silent = false;
    }

    /** From now on nothing arrives anywhere on what is open now and on what is opened before it is mended. */
    void fallSilent() {
        silent = true;
    }

    /** Requests with this command stay on the wire until they are let go, even if who sent them has given up meanwhile. */
    void holdBack(String command) {
        heldBack = command;
    }

    boolean isHoldingBack() {
        return holding;
    }

    void letGo() {
        heldBack = "";
    }

    /** From now on the answers to TIME are this far ahead, as if the clock of Redis had been set. */
    void setClockAhead(long seconds) {
        aheadSeconds = seconds;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void connect(Socket engine) {
        try {
            Conversation conversation =
                    new Conversation(engine, new Socket(InetAddress.getLoopbackAddress(), redisPort));
            start(conversation::requests, "wire-requests");
            start(conversation::replies, "wire-replies");
        } catch (IOException refused) {
            // Redis is down: the engine sees its connection closed.
            closeQuietly(engine);
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException alreadyClosed) {
            // That is what was wanted.
        }
        sockets.forEach(Wire::closeQuietly);
    }

    private final class Conversation {
        private final Socket engine;
        private final Socket redis;
        private volatile boolean dumb;
        private volatile String asked = "";

        Conversation(Socket engine, Socket redis) throws IOException {
            this.engine = engine;
            this.redis = redis;
            engine.setTcpNoDelay(true);
            redis.setTcpNoDelay(true);
            sockets.add(engine);
            sockets.add(redis);
        }

        void requests() {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = engine.getInputStream()) {
                OutputStream out = redis.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    note(buffer, read);
                    awaitLetGo();
                    dumb |= silent;
                    if (!dumb) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException over) {
                // One of the two ends is gone.
            }
            hangUp();
        }

        private void awaitLetGo() {
            while (asked.equals(heldBack)) {
                holding = true;
                Pause.ms(1);
            }
        }

        /** A request begins with the number of its words, then the length of the first word, then the word. */
        private void note(byte[] buffer, int read) {
            if (buffer[0] == '*') {
                String[] lines =
                        new String(buffer, 0, Math.min(read, 60), StandardCharsets.ISO_8859_1).split("\r\n", 4);
                asked = lines.length > 2 ? lines[2] : asked;
            }
        }

        void replies() {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = redis.getInputStream()) {
                OutputStream out = engine.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    boolean entries = buffer[0] == '*' && read > 4 && buffer[1] != '-';
                    Deed deed = tamper.onReply(asked, entries);
                    dumb |= silent;
                    dumb |= deed == Deed.SWALLOW;
                    if (dumb) {
                        continue;
                    }
                    if (deed == Deed.SWALLOW_AND_CLOSE) {
                        break;
                    }
                    setAhead(buffer, read);
                    out.write(buffer, 0, deed == Deed.CUT_AND_CLOSE ? read / 2 : read);
                    if (deed == Deed.CUT_AND_CLOSE) {
                        break;
                    }
                }
            } catch (IOException over) {
                // One of the two ends is gone.
            }
            hangUp();
        }

        /** The answer is two texts; the first one, behind a line that says its length, is the seconds. */
        private void setAhead(byte[] buffer, int read) {
            if (!asked.equals("TIME") || aheadSeconds == 0) {
                return;
            }
            String[] lines = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).split("\r\n", 4);
            if (lines.length == 4 && lines[0].equals("*2")) {
                byte[] seconds =
                        Long.toString(Long.parseLong(lines[2]) + aheadSeconds).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(seconds, 0, buffer, lines[0].length() + lines[1].length() + 4, seconds.length);
            }
        }

        private void hangUp() {
            if (dumb && silent) {
                // A dead wire tells nobody that the other end has gone.
                return;
            }
            closeQuietly(engine);
            closeQuietly(redis);
            sockets.remove(engine);
            sockets.remove(redis);
        }
    }
}
