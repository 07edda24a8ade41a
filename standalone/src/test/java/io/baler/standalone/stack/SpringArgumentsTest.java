package io.baler.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpringArgumentsTest {

    @Test
    void theUsersOwnTakeThePlaceOfOurs() {
        var arguments = new SpringArguments(List.of("--server.port=9", "--x=1", "--x=2"))
                .with("server.port", 8080)
                .with("baler.s3.path-style", true)
                .toArray();

        assertThat(arguments).containsExactly("--baler.s3.path-style=true", "--server.port=9", "--x=1", "--x=2");
    }
}
