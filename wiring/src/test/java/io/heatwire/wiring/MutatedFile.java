package io.heatwire.wiring;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages wiring files in all the ways files get damaged, and in some that only an enemy thinks of. The same seed, the same files. */
final class MutatedFile {

    private static final String[] SCALARS = {
        "null",
        "~",
        "-1",
        "0",
        "1e400",
        "NaN",
        "99999999999999999999",
        "true",
        "''",
        "[]",
        "{}",
        "\"\"",
        "${X}",
        "${X:-",
        "$$",
        "{a}",
        "{",
        "}",
        "*x",
        "&x y",
        "!!int 5",
        "|",
        ">",
        "\u202e",
        "\ud83d\ude00",
        "a: b",
        "none",
        "quantum:stream:apply.plan",
        "{plan_id}:{symbol}"
    };

    private final Random random;

    MutatedFile(Random random) {
        this.random = random;
    }

    byte[] of(String good) {
        String text = good;
        for (int change = 0; change <= random.nextInt(3); change++) {
            text = structure(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(3) == 0 ? bytes(bytes) : bytes;
    }

    private String structure(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(14)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(random.nextInt(lines.size()), line);
            case 3 -> lines.set(at, " ".repeat(random.nextInt(8)) + line.strip());
            case 4 -> lines.set(at, "\t" + line);
            case 5 ->
                lines.set(
                        at,
                        line.replaceFirst(
                                ": .*",
                                ": "
                                        + SCALARS[random.nextInt(SCALARS.length)]
                                                .replace("\\", "\\\\")
                                                .replace("$", "\\$")));
            case 6 -> lines.set(at, line.replaceFirst(": .*", ": " + "x".repeat(random.nextInt(300_000))));
            case 7 -> lines.set(at, line + "{a: ".repeat(random.nextInt(5_000)));
            case 8 -> lines.set(at, line.replaceFirst(": .*", ": [" + "a,".repeat(random.nextInt(100_000)) + "b]"));
            case 9 -> lines.addAll(at, many(line));
            case 10 -> lines.set(at, line.replaceFirst(": .*", ": \"" + "{a}:".repeat(random.nextInt(60)) + "\""));
            case 11 -> lines.set(at, line.replace('_', '-').replace('a', 'e'));
            case 12 ->
                lines.subList(at, Math.min(lines.size(), at + random.nextInt(40)))
                        .clear();
            default -> lines.set(at, line + (char) random.nextInt(0x2100));
        }
        return String.join("\n", lines);
    }

    /** Many lines much like this one, each with a name of its own. */
    private List<String> many(String line) {
        List<String> many = new ArrayList<>();
        int count = random.nextInt(3_000);
        for (int i = 0; i < count; i++) {
            many.add(line.replaceFirst("(\\w+):", "$1" + i + ":").replaceFirst("\\.(\\w+)", ".$1" + i));
        }
        return many;
    }

    private byte[] bytes(byte[] good) {
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.writeBytes(good);
        byte[] bytes = damaged.toByteArray();
        for (int change = 0; change <= random.nextInt(4) && bytes.length > 0; change++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        return java.util.Arrays.copyOf(bytes, length);
    }
}
