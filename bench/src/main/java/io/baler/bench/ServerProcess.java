package io.baler.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;

/** A server that was started for the benchmark and ends with it, at the latest when this process ends. */
final class ServerProcess implements Closeable {
    private final Process process;
    private final String said;

    private ServerProcess(Process process, String said) {
        this.process = process;
        this.said = said;
    }

    /** Waits until it is ready. */
    static ServerProcess start(ProcessBuilder program) throws IOException {
        var process = program.start();
        // left open: the server says nothing more, and its end is that of the process
        @SuppressWarnings("StreamResourceLeak")
        BufferedReader out = process.inputReader();
        var said = out.readLine();
        if (said == null) {
            process.destroyForcibly();
            throw new IOException("a server of the benchmark did not start");
        }
        return new ServerProcess(process, said);
    }

    /** What it said when it was ready: its port, and what else it has to tell. */
    String[] said() {
        return said.split(" ", -1);
    }

    int port() {
        return Integer.parseInt(said()[0]);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
