package io.baler.standalone;

import io.baler.job.JobStatus;
import io.baler.standalone.client.ApiProblem;
import io.baler.standalone.client.BalerClient;
import io.baler.standalone.client.Export;
import io.baler.standalone.client.ExportRequest;
import io.baler.standalone.client.ExportRequest.Filters;
import io.baler.standalone.client.Follower;
import io.baler.standalone.client.Unreachable;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.ExitHint;
import io.baler.standalone.terminal.Terminal;

/** One export from request to file, with a way back to it wherever it is interrupted. */
final class ExportSession {

    private final Terminal terminal;
    private final BalerClient client;
    private final String options;
    private final ArchiveTarget target;

    /** @param options to be repeated in a hint of how to come back */
    ExportSession(Terminal terminal, BalerClient client, String options, ArchiveTarget target) {
        this.terminal = terminal;
        this.client = client;
        this.options = options;
        this.target = target;
    }

    void request(Filters filters, String format, boolean restart) {
        try {
            bring(client.request(new ExportRequest(filters, format, restart)).id());
        } catch (ApiProblem e) {
            if (e.is("duplicate") && e.existingId() != null) {
                throw new CommandFailed(
                        e.getMessage() + "; follow it with: " + comeBackTo(e.existingId())
                                + ", or start it anew with --restart",
                        e);
            }
            throw e;
        }
    }

    void comeBack(String id) {
        // asked once without patience: an absent server or a wrong id is told at once
        bring(client.find(id).id());
    }

    private void bring(String id) {
        terminal.warn("export " + id);
        var export = ExitHint.during(() -> follow(id), terminal, goesOn(id));
        if (export.status() != JobStatus.COMPLETED) {
            throw new CommandFailed("the export " + ending(export.status()) + reason(export));
        }
        var again = "The archive stays where it is; download it with: " + comeBackTo(id);
        ExitHint.during(() -> new Delivery(terminal, client, target).bring(export), terminal, again);
    }

    private Export follow(String id) {
        try (var progress = Progress.on(terminal, "exporting", Unit.RECORDS)) {
            return new Follower(client).follow(id, progress);
        } catch (Unreachable e) {
            throw new CommandFailed(e.getMessage() + " " + goesOn(id), e);
        }
    }

    private String goesOn(String id) {
        return "The export goes on; come back to it with: " + comeBackTo(id);
    }

    private String comeBackTo(String id) {
        return terminal.command() + " export --job " + id + options;
    }

    private static String ending(JobStatus status) {
        return switch (status) {
            case CANCELLED -> "was cancelled";
            case EXPIRED -> "took too long and has expired";
            case FAILED, QUEUED, EXPORTING, UPLOADING, COMPLETED, DELETED -> status.value();
        };
    }

    private static String reason(Export export) {
        return export.failure() == null ? "" : ": " + Terminal.plain(export.reason());
    }
}
