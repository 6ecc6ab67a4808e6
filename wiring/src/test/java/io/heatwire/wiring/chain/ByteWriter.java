package io.heatwire.wiring.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestRedis;
import io.heatwire.localredis.LocalRedis;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Appends entries byte for byte: what no client library would send. */
final class ByteWriter implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader replies;

    private ByteWriter(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    static ByteWriter to(TestRedis redis) {
        LocalRedis server = redis.server();
        try {
            ByteWriter writer = new ByteWriter(new Socket(server.host(), server.port()));
            writer.send(List.of("AUTH".getBytes(US_ASCII), server.password().getBytes(US_ASCII)));
            assertThat(writer.replies.readLine()).isEqualTo("+OK");
            return writer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Names and values in turn. */
    void add(String stream, List<byte[]> pairs) {
        List<byte[]> words = new ArrayList<>();
        List.of("XADD", stream, "*").forEach(word -> words.add(word.getBytes(UTF_8)));
        words.addAll(pairs);
        try {
            send(words);
            assertThat(replies.readLine()).startsWith("$");
            assertThat(replies.readLine()).contains("-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void send(List<byte[]> words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.size() + "\r\n").getBytes(US_ASCII));
        for (byte[] word : words) {
            out.writeBytes(("$" + word.length + "\r\n").getBytes(US_ASCII));
            out.writeBytes(word);
            out.writeBytes("\r\n".getBytes(US_ASCII));
        }
        socket.getOutputStream().write(out.toByteArray());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
