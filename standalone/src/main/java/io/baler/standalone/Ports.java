package io.baler.standalone;

import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses ports that cannot be, and ports that are taken. */
final class Ports {

    private static final int HIGHEST = 65_535;

    private Ports() {}

    static void require(CommandSpec command, String option, int port) {
        if (port < 0 || port > HIGHEST) {
            throw new ParameterException(
                    command.commandLine(), option + ": must be between 0 and " + HIGHEST + ", got " + port);
        }
    }

    /** Tells of a port in use at once, instead of when everything else has started. */
    static void requireFree(String option, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new CommandFailed(
                    "port " + port + " cannot be used (" + Reason.of(e) + "); choose another " + option, e);
        }
    }
}
