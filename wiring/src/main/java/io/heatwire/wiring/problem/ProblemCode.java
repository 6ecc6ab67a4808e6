package io.heatwire.wiring.problem;

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
    /** A stream that is read and that nobody writes; a warning. */
    NOBODY_WRITES("W080"),
    /** A stream that is read and trimmed, read or not; a warning. */
    TRIMS_UNREAD("W081"),
    /** A file with a secret that everybody on the machine can read; a warning. */
    CREDENTIAL_OPEN("W085"),
    /** A listener that other machines reach and that asks for no token; a warning. */
    LISTENER_OPEN("W086");

    private static final Set<String> WARNINGS = Set.of("W080", "W081", "W085", "W086");

    private final String id;

    ProblemCode(String id) {
        this.id = id;
    }

    /** The number people see, for example {@code W020}. */
    public String id() {
        return id;
    }

    /** Whether the wiring may run all the same. */
    public boolean isWarning() {
        return WARNINGS.contains(id);
    }
}
