package io.heatwire.engine.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ids are 128 bits wide, numbers of Lua 53: what the script says of an id is held against what Java says. */
class OffsetLuaIT {

    private static final Random RANDOM = new Random(3);
    private static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static long part() {
        return switch (RANDOM.nextInt(6)) {
            case 0 -> 0;
            case 1 -> RANDOM.nextInt(12);
            case 2 -> (long) Math.pow(10, RANDOM.nextInt(19));
            case 3 -> -1 - RANDOM.nextInt(2);
            case 4 -> RANDOM.nextLong();
            default -> 1_700_000_000_000L + RANDOM.nextInt(3);
        };
    }

    private static EntryId before(EntryId id) {
        return id.seq() != 0 ? new EntryId(id.ms(), id.seq() - 1) : new EntryId(id.ms() - 1, -1);
    }

    private static String run(String lua, List<EntryId> ids) {
        List<String> words = new ArrayList<>(List.of(OffsetLua.FUNCTIONS + lua, "0"));
        ids.forEach(id -> words.add(id.toString()));
        return (String) redis.command("EVAL", words.toArray(new String[0]));
    }

    @Test
    void findsTheIdJustBeforeAnother() {
        List<EntryId> ids = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        while (ids.size() < 2000) {
            EntryId id = new EntryId(part(), part());
            if (!id.equals(EntryId.ZERO)) {
                ids.add(id);
                expected.add(before(id).toString());
            }
        }
        String found = run(
                "local r = {} for i = 1, #ARGV do r[i] = offset_before(ARGV[i]) end return table.concat(r, ' ')", ids);
        assertThat(found.split(" ")).containsExactlyElementsOf(expected);
    }

    @Test
    void tellsTheLargerOfTwoIds() {
        List<EntryId> ids = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            EntryId one = new EntryId(part(), part());
            EntryId other =
                    RANDOM.nextInt(4) == 0 ? one : new EntryId(RANDOM.nextBoolean() ? one.ms() : part(), part());
            ids.addAll(List.of(one, other));
            expected.append(one.compareTo(other) > 0 ? '1' : '0');
        }
        String found = run(
                "local r = {} for i = 1, #ARGV, 2 do r[#r + 1] = offset_above(ARGV[i], ARGV[i + 1]) and '1' or '0' end"
                        + " return table.concat(r)",
                ids);
        assertThat(found).isEqualTo(expected.toString());
    }
}
