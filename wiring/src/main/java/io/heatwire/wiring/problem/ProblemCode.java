package io.heatwire.wiring.problem;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds of problems. The numbers are stable: people search for them. */
public enum ProblemCode {
    /** The file is not there or cannot be read. */
    FILE_UNREADABLE("W001"),
    /** The file is larger than any wiring. */
    FILE_TOO_LARGE("W002"),
    /** The file is not text. */
    NOT_TEXT("W003"),
    /** The file says nothing. */
    EMPTY("W004"),
    /** The file is not YAML. */
    NOT_YAML("W005"),
    /** The file holds more than one document. */
    SECOND_DOCUMENT("W006"),
    /** An anchor or an alias. */
    ANCHOR("W007"),
    /** A tag. */
    TAG("W008"),
    /** A key that is written twice. */
    DUPLICATE_KEY("W009"),
    /** Nested deeper than any wiring. */
    TOO_DEEP("W010"),
    /** A key that is a list or a block. */
    KEY_NOT_TEXT("W011"),
    /** An environment variable without a value and without a default. */
    VARIABLE_MISSING("W012"),
    /** A reference to an environment variable that cannot be read. */
    VARIABLE_MALFORMED("W013"),
    /** More entries in one block than any wiring has. */
    TOO_MANY("W014"),
    /** A key nobody knows. */
    UNKNOWN_KEY("W020"),
    /** A list where a text belongs, and the like. */
    WRONG_TYPE("W021"),
    /** A value that is needed and not there. */
    VALUE_MISSING("W022"),
    /** A value that does not fit its key. */
    BAD_VALUE("W023"),
    /** A version of the file format that this program does not read. */
    UNKNOWN_VERSION("W024"),
    /** A name that cannot be one. */
    BAD_NAME("W025"),
    /** Two keys of which only one may be there. */
    ONE_OF_TWO("W026"),
    /** A secret that stands in the file itself. */
    SECRET_IN_CLEAR("W027"),
    /** An operator nobody knows. */
    UNKNOWN_OPERATOR("W030"),
    /** A setting with a value that does not fit. */
    BAD_SETTING("W031"),
    /** A setting that has no default and no value. */
    SETTING_MISSING("W032"),
    /** Settings that do not fit together. */
    SETTINGS_CLASH("W033"),
    /** A name of a stream that is not declared. */
    UNKNOWN_STREAM("W040"),
    /** A name of a key that is not declared. */
    UNKNOWN_LOOKUP("W041"),
    /** A port the operator does not have. */
    UNKNOWN_PORT("W042"),
    /** A port that is bound to nothing. */
    UNBOUND_PORT("W043"),
    /** A key of another type than the port. */
    WRONG_KEY_TYPE("W044"),
    /** A key template with other variables than the port. */
    WRONG_VARIABLES("W045"),
    /** A stream that is written and not bounded. */
    UNBOUNDED_STREAM("W046"),
    /** A key template that cannot be read. */
    BAD_TEMPLATE("W047"),
    /** A stream or key that is declared twice. */
    DECLARED_TWICE("W048"),
    /** Two declarations of different types whose keys can be the same. */
    TYPES_CLASH("W049"),
    /** A key of the other kind of stage. */
    WRONG_KIND("W050"),
    /** Two stages that would take each other's entries. */
    SHARED_GROUP("W051"),
    /** An alias that stands for no field. */
    BAD_ALIAS("W052"),
    /** A polled stage that has nothing to do. */
    NO_ITEMS("W053"),
    /** A stage that is to halt and does not read a stream in order. */
    CANNOT_HALT("W054"),
    /** Two ports of one stage that write the same. */
    PORTS_SHARE("W055"),
    /** A stream that holds less than one batch. */
    BOUND_BELOW_BATCH("W056"),
    /** Two listeners at one address. */
    SHARED_PORT("W060"),
    /** A name of a stage that is not declared. */
    UNKNOWN_STAGE("W061"),
    /** A stage that was asked for and is switched off. */
    STAGE_OFF("W062"),
    /** No stage is left to run. */
    NOTHING_RUNS("W063"),
    /** A file with a secret, a certificate or a key that is not there or cannot be read. */
    CREDENTIAL_UNREADABLE("W070"),
    /** A file with a secret, a certificate or a key that holds something else. */
    CREDENTIAL_MALFORMED("W071"),
    /** A read that blocks longer than a command may take. */
    BLOCKS_TOO_LONG("W072"),
    /** A stream or key that is read and that nobody writes. */
    NOBODY_WRITES("W080"),
    /** A stream that is read and trimmed, read or not; a warning. */
    TRIMS_UNREAD("W081"),
    /** A stream or key that is written and that nobody reads. */
    NOBODY_READS("W082"),
    /** A stream or key that nobody should read and somebody does. */
    TERMINAL_IS_READ("W083"),
    /** A stream from outside of which nobody knows how much silence is normal. */
    PACE_UNSAID("W084"),
    /** A file with a secret that everybody on the machine can read; a warning. */
    CREDENTIAL_OPEN("W085"),
    /** A listener that other machines reach and that asks for no token; a warning. */
    LISTENER_OPEN("W086"),
    /** A stream to which two append. */
    TWO_WRITERS("W087"),
    /** Streams that lead back to where they began. */
    LOOP("W088"),
    /** Two declarations of one type whose keys can be the same; a warning. */
    KEYS_OVERLAP("W089"),
    /** A field that a reader needs and its writer does not write. */
    FIELD_NOT_WRITTEN("W090"),
    /** A field that a reader would take and its writer writes under a name much like it; a warning. */
    FIELD_NEARLY_WRITTEN("W091"),
    /** Declared fields that are not those of the writers. */
    FIELDS_DISAGREE("W092"),
    /** A variable of a key that no field fills. */
    VARIABLE_UNFILLED("W093"),
    /** A look-up that shares no field, or only nearly one, with the writer of its key. */
    LOOK_UP_MISSES("W094"),
    /** A field of a look-up that no writer of its key writes; a warning. */
    LOOK_UP_FIELD_ABSENT("W095"),
    /** A look-up at a moment when the key cannot exist yet. */
    LOOKS_TOO_EARLY("W096"),
    /** A writer and a reader of the same thing in two kinds of key. */
    KINDS_APART("W097"),
    /** A guard that stands longer than the key that it keeps from being written. */
    GUARD_OUTLIVES_KEY("W100"),
    /** A key that comes and goes between two looks of whoever waits for it. */
    POLLS_TOO_SELDOM("W101"),
    /** A wait that is longer than the life of the key; a warning. */
    WAIT_OUTLIVES_KEY("W102"),
    /** A key that is gone before its stream brings the next entry; a warning. */
    PACE_OUTLIVES_KEY("W103"),
    /** A guard that is over before the next turn; a warning. */
    GUARD_TOO_SHORT("W104"),
    /** A limit of age below the silence that is normal; a warning. */
    PACE_BEYOND_AGE("W105"),
    /** Entries that are taken over while they wait as they should; a warning. */
    TAKEN_WHILE_WAITING("W106"),
    /** A wait within which there is only one look; a warning. */
    ONE_LOOK("W107"),
    /** Live: a key that holds another type than it is declared to. */
    KEY_HOLDS_OTHER_TYPE("L001"),
    /** Live: a stream from outside that is not there. */
    STREAM_ABSENT("L002"),
    /** Live: a stream that is silent for longer than is normal. */
    STREAM_DORMANT("L003"),
    /** Live: a group that other programs read, too; a warning. */
    GROUP_USED_OUTSIDE("L010"),
    /** Live: a field that a stage needs and that no new entry has. */
    FIELD_NEVER_ARRIVES("L020"),
    /** Live: a field that some new entries lack, or have under a name much like it; a warning. */
    FIELD_SELDOM_ARRIVES("L021"),
    /** Live: keys that live longer than their writer lets them; a warning. */
    KEY_LIVES_LONGER("L030"),
    /** Live: keys with none of the fields that are looked up. */
    LOOK_UP_HAS_NOTHING("L031"),
    /** Live: keys without a field that is looked up; a warning. */
    LOOK_UP_LACKS_FIELD("L032"),
    /** Live: a server that does not know what the commit needs. */
    SERVER_TOO_OLD("L040"),
    /** Live: a server that may throw streams away. */
    SERVER_EVICTS("L041"),
    /** Live: a server that forgets at a crash; a warning. */
    SERVER_FORGETS("L042"),
    /** Live: a server with little memory left; a warning. */
    MEMORY_SHORT("L043"),
    /** Live: a right that the user lacks. */
    RIGHT_MISSING("L050"),
    /** Live: something that could not be looked at; a warning. */
    NOT_LOOKED_AT("L051");

    private static final Set<ProblemCode> WARNINGS = EnumSet.of(
            TRIMS_UNREAD,
            CREDENTIAL_OPEN,
            LISTENER_OPEN,
            KEYS_OVERLAP,
            FIELD_NEARLY_WRITTEN,
            LOOK_UP_FIELD_ABSENT,
            WAIT_OUTLIVES_KEY,
            PACE_OUTLIVES_KEY,
            GUARD_TOO_SHORT,
            PACE_BEYOND_AGE,
            TAKEN_WHILE_WAITING,
            ONE_LOOK,
            GROUP_USED_OUTSIDE,
            FIELD_SELDOM_ARRIVES,
            KEY_LIVES_LONGER,
            LOOK_UP_LACKS_FIELD,
            SERVER_FORGETS,
            MEMORY_SHORT,
            NOT_LOOKED_AT);

    private final String id;

    ProblemCode(String id) {
        this.id = id;
    }

    /** The number people see, for example {@code W020}. */
    public String id() {
        return id;
    }

    /** The code with this number, in any case; empty when there is none. */
    public static Optional<ProblemCode> of(String id) {
        return Arrays.stream(values())
                .filter(code -> code.id.equalsIgnoreCase(id.strip()))
                .findFirst();
    }

    /** All numbers, in order. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(ProblemCode::id).sorted().toList();
    }

    /** Whether only the running system shows it, and not the file. */
    public boolean isLive() {
        return id.startsWith("L");
    }

    /** Whether the wiring may run all the same. */
    public boolean isWarning() {
        return WARNINGS.contains(this);
    }
}
