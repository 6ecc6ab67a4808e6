package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostileFilesTest {

    @TempDir
    private Path dir;

    @Test
    void anAliasBombIsNotFollowed() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        refusedFor(ProblemCode.ANCHOR, bomb.toString());
    }

    @Test
    void bracketsWithoutEndDoNotFillTheStack() throws IOException {
        refusedFor(ProblemCode.TOO_DEEP, "[".repeat(20_000));
        refusedFor(ProblemCode.TOO_DEEP, "{a: ".repeat(20_000));
        refusedFor(ProblemCode.TOO_DEEP, "- ".repeat(20_000));
        refusedFor(ProblemCode.TOO_DEEP, "? ".repeat(20_000));
        refusedFor(ProblemCode.TOO_DEEP, "[\n".repeat(500_000));
    }

    @Test
    void manyProblemsStayFew() throws IOException {
        StringBuilder keys = new StringBuilder("heatwire: 1\n");
        for (int i = 0; keys.length() < 1_000_000; i++) {
            keys.append("key_").append(i).append(": x\n");
        }
        WiringResult.Refused refused = refusedFor(ProblemCode.UNKNOWN_KEY, keys.toString());
        assertThat(refused.problems()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(refused.render().length()).isLessThan(100_000);
    }

    @Test
    void aKeyOfAMegabyteIsShownShort() throws IOException {
        WiringResult.Refused refused =
                refusedFor(ProblemCode.UNKNOWN_KEY, "heatwire: 1\n? " + "x".repeat(1_000_000) + "\n: y\n");
        assertThat(refused.render().length()).isLessThan(2_000);
    }

    @Test
    void bytesThatAreNoTextAreRefusedWhereTheyStand() throws IOException {
        byte[] bytes = new byte[4_096];
        new Random(7).nextBytes(bytes);
        refusedFor(ProblemCode.NOT_TEXT, bytes);
        Problem problem = refusedFor(ProblemCode.NOT_TEXT, "heatwire: 1\nredis: \u0007\n")
                .problems()
                .get(0);
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(8);
    }

    @Test
    void aFileWithoutContentIsEmpty() throws IOException {
        refusedFor(ProblemCode.EMPTY, "");
        refusedFor(ProblemCode.EMPTY, "\n\n# nothing\n");
        refusedFor(ProblemCode.EMPTY, "---\n");
        refusedFor(ProblemCode.EMPTY, "\uFEFF");
        refusedFor(ProblemCode.EMPTY, "~");
    }

    @Test
    void tabsAreNamed() throws IOException {
        WiringResult.Refused refused = refusedFor(ProblemCode.NOT_YAML, "heatwire: 1\nredis:\n\thost: x\n");
        assertThat(refused.render()).contains("YAML allows no tabs");
    }

    @Test
    void aFileLargerThanAnyWiringIsNotReadToItsEnd() throws IOException {
        refusedFor(ProblemCode.FILE_TOO_LARGE, new byte[2 * 1024 * 1024]);
    }

    @Test
    void aFileThatIsNotThereIsAProblemLikeAnyOther() {
        WiringResult result = Wiring.load(dir.resolve("nowhere.yaml"), Map.of(), SmallCatalog.ALL);
        assertThat(result.render()).contains("W001 there is no such file");
    }

    @Test
    void scalarsAndListsAtTheTopAreRefused() throws IOException {
        refusedFor(ProblemCode.WRONG_TYPE, "heatwire");
        refusedFor(ProblemCode.WRONG_TYPE, "- heatwire: 1\n");
    }

    @Test
    void noDamageToAGoodFileEverThrows() throws IOException {
        String good = Files.readString(Path.of("src/test/resources/good.yaml"));
        String pieces = "{}[]:,&*!|>'\"%@`#-? \n\t$x0~\u00e9\ud83d";
        Random random = new Random(42);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder damaged = new StringBuilder(good);
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = random.nextInt(damaged.length());
                char piece = pieces.charAt(random.nextInt(pieces.length()));
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, piece);
                    default -> damaged.setCharAt(at, piece);
                }
            }
            WiringResult result =
                    Wiring.load(file(damaged.toString().getBytes(StandardCharsets.UTF_8)), Map.of(), SmallCatalog.ALL);
            boolean isReady = result instanceof WiringResult.Ready;
            assertThat(isReady || !result.render().isEmpty()).isTrue();
        }
    }

    private WiringResult.Refused refusedFor(ProblemCode code, String text) throws IOException {
        return refusedFor(code, text.getBytes(StandardCharsets.UTF_8));
    }

    private WiringResult.Refused refusedFor(ProblemCode code, byte[] bytes) throws IOException {
        Path file = file(bytes);
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            WiringResult result = Wiring.load(file, Map.of(), SmallCatalog.ALL);
            assertThat(result).isInstanceOf(WiringResult.Refused.class);
            WiringResult.Refused refused = (WiringResult.Refused) result;
            assertThat(refused.problems()).extracting(Problem::code).contains(code);
            assertThat(refused.render()).isNotEmpty();
            return refused;
        });
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(dir.resolve("wiring.yaml"), bytes);
    }
}
