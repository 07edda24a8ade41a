package io.baler.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the C library, which every Linux has. */
@EnabledOnOs(OS.LINUX)
class SystemLibraryTest {
    private static final Function<NativeLibrary, com.sun.jna.Function> ABS = library -> library.getFunction("abs");

    private static <T> Optional<T> first(Function<NativeLibrary, T> functions, Predicate<T> isRight) {
        return SystemLibrary.first(List.of("libthereisnone.so.7", "libc.so.6"), functions, isRight);
    }

    @Test
    void theFirstThatIsThereAndRightIsTaken() {
        assertThat(first(ABS, abs -> abs.invokeInt(new Object[] {-7}) == 7)).isPresent();
    }

    @Test
    void oneThatIsWrongOrFailsOrLacksAFunctionIsNot() {
        assertThat(first(ABS, wrong -> false)).isEmpty();
        assertThat(first(ABS, failing -> {
                    throw new IllegalStateException("no sample");
                }))
                .isEmpty();
        assertThat(first(library -> library.getFunction("noSuchFunction"), any -> true))
                .isEmpty();
    }
}
