package io.baler.worker.format;

import java.util.Arrays;
import java.util.Optional;

/** Which library deflates. A job records the one that its archive was begun with. */
public enum DeflateLibrary {
    /** The JDK's zlib: always there. */
    JDK("jdk"),
    /** The system's libdeflate: about twice as fast at the same size, where the system has it. */
    LIBDEFLATE("libdeflate");

    private final String recordedName;

    DeflateLibrary(String recordedName) {
        this.recordedName = recordedName;
    }

    /** As jobs record it. */
    public String recordedName() {
        return recordedName;
    }

    /** The library that jobs record under this name. */
    public static Optional<DeflateLibrary> recordedAs(String name) {
        return Arrays.stream(values())
                .filter(library -> library.recordedName.equals(name))
                .findFirst();
    }

    /** The fastest that this system has. */
    public static DeflateLibrary fastest() {
        return LIBDEFLATE.isHere() ? LIBDEFLATE : JDK;
    }

    /** Whether this system has it, and it does what it should. */
    public boolean isHere() {
        return switch (this) {
            case JDK -> true;
            case LIBDEFLATE -> NativeDeflate.isHere();
        };
    }

    /**
     * Deflates by this library, or by the JDK's where it is missing: an archive that was begun elsewhere is then gone on
     * with in bytes that are as right, but not those that it would have had.
     */
    RawDeflate at(int level) {
        return this == LIBDEFLATE && isHere() ? new LibDeflate(level) : new Deflate(recordedName, level);
    }

    /** The fastest that makes archives no larger than zlib's own default, 6; see docs/RATIONALE.md. */
    int defaultLevel() {
        return switch (this) {
            case JDK -> 6;
            case LIBDEFLATE -> 5;
        };
    }
}
