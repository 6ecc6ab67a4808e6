package io.heatwire.localredis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command to a server on loopback, on a connection of its own: just enough protocol that this module needs no client library. */
final class RespCall {

    private static final int TIMEOUT_MS = 2000;

    private RespCall() {}

    /**
     * Sends a command.
     *
     * @return the reply as text; an array has its elements separated by blanks
     * @throws IOException when there is no server, or when it answers with an error
     */
    static String send(int port, String password, String... command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            write(out, "AUTH", password);
            write(out, command);
            socket.getOutputStream().write(out.toByteArray());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            read(in);
            return read(in);
        }
    }

    private static void write(ByteArrayOutputStream out, String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        out.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(InputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> bulk(in, Integer.parseInt(rest));
            case '*' -> array(in, Integer.parseInt(rest));
            default -> throw new IOException(rest);
        };
    }

    private static String array(InputStream in, int size) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(read(in));
        }
        return String.join(" ", elements);
    }

    private static String bulk(InputStream in, int size) throws IOException {
        if (size < 0) {
            return "";
        }
        String text = new String(in.readNBytes(size), StandardCharsets.UTF_8);
        line(in);
        return text;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
