package io.baler.standalone;

import io.baler.job.ArchiveFormat;
import io.baler.standalone.client.ApiProblem;
import io.baler.standalone.client.ArchiveDownload;
import io.baler.standalone.client.BalerClient;
import io.baler.standalone.client.Export;
import io.baler.standalone.client.Export.Archive;
import io.baler.standalone.client.SignedManifest;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Brings what a completed export has made: an archive, its manifest where that is not in it, or a statement alone. */
final class Delivery {

    private final Terminal terminal;
    private final BalerClient client;
    private final ArchiveTarget target;

    Delivery(Terminal terminal, BalerClient client, ArchiveTarget target) {
        this.terminal = terminal;
        this.client = client;
        this.target = target;
    }

    /** Returns where the archive is; nothing if there is none because nothing matched. */
    Optional<Path> bring(Export export) {
        var archive = export.archive();
        if (archive != null) {
            return Optional.of(bring(export, archive));
        }
        if (export.exported() > 0) {
            throw new CommandFailed("the export is completed, but its archive is gone");
        }
        bringStatement(export.id());
        return Optional.empty();
    }

    private Path bring(Export export, Archive archive) {
        var hasOwnManifest = hasOwnManifest(export);
        var file = target.file(archive.plainFileName(), export.id(), hasOwnManifest);
        // before the archive, which may take hours
        var manifest = hasOwnManifest ? Optional.of(client.manifest(export.id())) : Optional.<SignedManifest>empty();
        try (var progress = Progress.on(terminal, "downloading", Unit.bytes(archive.size()))) {
            new ArchiveDownload(client).download(export.id(), archive, file, progress);
        }
        manifest.ifPresent(it -> it.writeBeside(file));
        terminal.say(String.format(Locale.ROOT, "%s: %,d records, %,d bytes", file, export.exported(), archive.size()));
        terminal.say("SHA-256 " + archive.sha256());
        if (hasOwnManifest) {
            terminal.say(
                    "manifest " + SignedManifest.manifestOf(file) + ", signature " + SignedManifest.signatureOf(file));
        }
        return file;
    }

    private static boolean hasOwnManifest(Export export) {
        return Optional.ofNullable(export.format())
                .flatMap(ArchiveFormat::named)
                .map(format -> !format.holdsManifest())
                .orElse(false);
    }

    private void bringStatement(String id) {
        try {
            var statement = client.manifest(id);
            var none = target.none(id, statement);
            statement.writeBeside(none);
            terminal.say("nothing matches: there is no archive, but a signed statement of that in "
                    + SignedManifest.manifestOf(none));
        } catch (ApiProblem e) {
            if (!e.isNotFound()) {
                throw e;
            }
            // an export from before there were statements
            terminal.say("nothing matches: there is no archive");
        }
    }
}
