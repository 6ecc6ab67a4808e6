package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/guide/own-operator.md says, in an empty folder, with the built jar and a real Redis. */
final class OwnOperatorGuideIT {

    private static final Path OPS =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("..");
    private static final Path GUIDE = OPS.resolve("../docs/guide/own-operator.md");
    private static final Path BUILT = OPS.resolve("../engine/contract/target");
    private static final Pattern FENCED = Pattern.compile("(?:`([^`\n]+)`:\n\n)?```(\\w+)\n(.*?)\n```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A block of the guide; one with a path is the content of a file. */
    private record Block(String path, String language, String text) {

        boolean isFile() {
            return !path.isEmpty();
        }

        boolean begins(String with) {
            return language.equals("sh") && text.startsWith(with);
        }
    }

    @TempDir
    private Path folder;

    private LocalRedis redis;
    private RedisAccess access;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .block(PATIENCE);
        ToolFolder tools = new ToolFolder(folder);
        tools.add(OPS.resolve("bin/heatwire"));
        String jdk = System.getProperty("java.home") + "/bin";
        environment.put("PATH", tools.before(jdk + ":" + System.getenv("PATH")));
        environment.put("HEATWIRE_JAVA", Run.java());
        environment.put("HEATWIRE_JAR", System.getProperty("heatwire.jar"));
        environment.put("CONTRACT", contract().toString());
        environment.put("REDIS_HOST", redis.host());
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.put("REDIS_PASSWORD", redis.password());
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : running) {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
        access.close().block(PATIENCE);
        redis.close();
    }

    private Object command(String name, String... args) {
        return access.command(name, args).block(PATIENCE);
    }

    /** The fields of all entries of a stream, as people see them. */
    private String entries(String stream) {
        List<String> words = new ArrayList<>();
        for (Object entry : (List<?>) command("XRANGE", stream, "-", "+")) {
            ((List<?>) ((List<?>) entry).get(1)).forEach(word -> words.add(String.valueOf(word)));
        }
        return String.join(" ", words);
    }

    /** The contract alone: what is compiled against it can need nothing else. */
    private static Path contract() throws IOException {
        try (var files = Files.list(BUILT)) {
            return files.filter(file -> file.getFileName().toString().matches("heatwire-contract-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
        }
    }

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(Files.readString(GUIDE));
        while (fenced.find()) {
            String path = fenced.group(1) == null ? "" : fenced.group(1);
            blocks.add(new Block(path, fenced.group(2), fenced.group(3)));
        }
        return blocks;
    }

    @Test
    void leadsFromAnEmptyFolderToARunningStage() throws Exception {
        Path place = Files.createDirectory(folder.resolve("empty"));
        List<Block> blocks = blocks();
        assertThat(blocks).filteredOn(Block::isFile).hasSize(4);
        assertThat(blocks).filteredOn(block -> block.language().equals("sh")).hasSize(5);
        String said = "";
        for (Block block : blocks) {
            if (block.isFile()) {
                Path file = place.resolve(block.path());
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.text() + "\n");
            } else if (block.begins("heatwire run")) {
                run(place, block.text());
            } else if (block.begins("redis-cli")) {
                said = redisCli(block.text());
            } else if (block.language().equals("sh")) {
                said = shell(place, block.text());
            } else if (!block.text().startsWith("export")) {
                assertThat(said.strip()).isEqualTo(block.text());
            }
        }
        assertThat(said).contains("mask_cards", "bad_card");
        assertThat(entries("shop:orders:dead:mask_cards"))
                .contains("order 8 card none heatwire_reason bad_card:not 12 to 19 digits");
        running.get(0).destroy();
        assertThat(running.get(0).waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(running.get(0).exitValue()).isZero();
    }

    private String shell(Path place, String commands) throws Exception {
        Path output = Files.createTempFile(folder, "output", "");
        Process process = process(place, commands, output);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private void run(Path place, String command) throws Exception {
        Path log = folder.resolve("log");
        running.add(process(place, "exec " + command, log));
        await().atMost(PATIENCE).until(() -> hasGroup() || !running.get(0).isAlive());
        assertThat(running.get(0).isAlive()).as(Files.readString(log)).isTrue();
    }

    private boolean hasGroup() {
        return Long.valueOf(1).equals(command("EXISTS", "shop:orders"))
                && !((List<?>) command("XINFO", "GROUPS", "shop:orders")).isEmpty();
    }

    private Process process(Path place, String commands, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-e", "-c", commands)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Runs the commands, waits until both orders are through, and gives the masked ones as their fields. */
    private String redisCli(String commands) {
        for (String line : commands.lines().toList()) {
            String[] words = line.replace("'", "").split(" ");
            if (words[1].equals("XADD")) {
                command(words[1], List.of(words).subList(2, words.length).toArray(new String[0]));
            }
        }
        await().atMost(PATIENCE)
                .until(() -> Long.valueOf(1).equals(command("XLEN", "shop:orders:dead:mask_cards"))
                        && Long.valueOf(1).equals(command("XLEN", "shop:orders:masked")));
        return entries("shop:orders:masked");
    }
}
