package io.baler.bench;

import java.io.IOException;

/** A program that exports everything once, in a process of its own. */
interface Measured {

    /** @throws IOException if it does not come to a good end; standard error has told why */
    Run run(Task task) throws IOException, InterruptedException;
}
