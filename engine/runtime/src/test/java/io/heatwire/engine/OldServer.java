package io.heatwire.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers INFO with a version of our choice and everything else with OK. */
final class OldServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String version;

    private OldServer(ServerSocket socket, String version) {
        this.socket = socket;
        this.version = version;
    }

    static OldServer start(String version) throws IOException {
        OldServer server = new OldServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), version);
        daemon(server::accept);
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "old-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(command(in, line)).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException closed) {
            // The client went away.
        }
    }

    /** The first word of a command; the rest is read and not needed. */
    private static String command(BufferedReader in, String header) throws IOException {
        String first = "";
        for (int i = Integer.parseInt(header.substring(1)); i > 0; i--) {
            in.readLine();
            String word = in.readLine();
            first = first.isEmpty() ? word : first;
        }
        return first;
    }

    private String answer(String command) {
        if (!command.equalsIgnoreCase("INFO")) {
            return "+OK\r\n";
        }
        String info = "# Server\r\nredis_version:" + version + "\r\nredis_mode:standalone\r\n";
        return "$" + info.length() + "\r\n" + info + "\r\n";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
