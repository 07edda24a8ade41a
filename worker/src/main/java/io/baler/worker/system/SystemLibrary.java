package io.baler.worker.system;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Libraries of the system, through JNA: used only if they are there, can be called, and have done a sample right. */
public final class SystemLibrary {
    private static final Logger log = LoggerFactory.getLogger(SystemLibrary.class);

    /** {@code RTLD_LAZY} without {@code RTLD_GLOBAL}: no library that comes later finds its symbols by chance. */
    private static final Map<String, Object> TO_ITSELF = Map.of(Library.OPTION_OPEN_FLAGS, 1);

    private SystemLibrary() {}

    /**
     * The first library of these names that is what it should be; empty where counts are not of 64 bits, too, as they are
     * passed as Java's {@code long}.
     *
     * @param functions throws an {@link UnsatisfiedLinkError} where one is missing
     * @param isRight tried once
     */
    public static <T> Optional<T> first(
            List<String> names, Function<NativeLibrary, T> functions, Predicate<T> isRight) {
        try {
            return Native.SIZE_T_SIZE == Long.BYTES
                    ? names.stream()
                            .flatMap(name -> named(name, functions, isRight).stream())
                            .findFirst()
                    : Optional.empty();
        } catch (LinkageError noJna) {
            log.info("Native libraries cannot be called here ({}); Java does their work", noJna.toString());
            return Optional.empty();
        }
    }

    private static <T> Optional<T> named(String name, Function<NativeLibrary, T> functions, Predicate<T> isRight) {
        try {
            var library = functions.apply(NativeLibrary.getInstance(name, TO_ITSELF));
            if (isRight.test(library)) {
                return Optional.of(library);
            }
            log.warn("{} does not do a sample right; Java does its work instead", name);
        } catch (LinkageError missing) {
            log.debug("There is no {}", name);
        } catch (RuntimeException strange) {
            log.warn("{} fails at a sample; Java does its work instead", name, strange);
        }
        return Optional.empty();
    }
}
