package io.baler.standalone.demo;

import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.client.BalerClient;
import io.baler.standalone.client.ExportRequest.Filters;
import io.baler.standalone.demo.VerifiedExport.VerifiedArchive;
import io.baler.standalone.sample.SampleUser;
import io.baler.standalone.stack.ClosedOnExit;
import io.baler.standalone.stack.LogFile;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.standalone.stack.NewToken;
import io.baler.standalone.stack.ServiceSettings;
import io.baler.standalone.stack.Services;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import io.baler.standalone.terminal.Terminal;
import io.baler.standalone.verify.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows Baler whole in some seconds: starts everything, exports sample logs, and proves the archive right. */
public final class Demo {

    private static final double NANOS = 1e9;
    private static final List<String> EDITS = List.of("PAGE_CREATE", "PAGE_UPDATE", "COMMENT_CREATE");

    private final Terminal terminal;
    private final Path out;
    private final long records;
    private final List<String> properties;
    private final Steps steps;
    private final SampleSource source;

    /** @param properties the user's own Spring properties */
    public Demo(Terminal terminal, Path out, long records, List<String> properties) {
        this.terminal = terminal;
        this.out = out;
        this.records = records;
        this.properties = properties;
        this.steps = new Steps(terminal);
        this.source = new SampleSource(records);
    }

    /** Returns when everything was right and is closed again. */
    public void run() {
        var begun = System.nanoTime();
        MemoryNeed.require(records);
        makeDirectory();
        LogFile.open(out.resolve("baler.log"));
        terminal.say(String.format(
                Locale.ROOT, "Baler demo: %,d sample audit logs, from request to verified archive%n", records));
        try (var closing = new ClosedOnExit()) {
            var archive = export(start(closing));
            tell(archive, (System.nanoTime() - begun) / NANOS);
        }
    }

    private Services start(ClosedOnExit closing) {
        var stack = steps.time("starting MongoDB, Kafka and S3 in this process", () -> {
            var started = LocalStack.start(LocalStackSettings.temporary());
            closing.started(started::close);
            return started;
        });
        var settings = new ServiceSettings(0, NewToken.random(), NewSigningKey.pem(), properties);
        var services = steps.time("starting api, worker and cleanup", () -> Services.start(stack, settings));
        closing.started(services::close);
        return services;
    }

    private VerifiedArchive export(Services services) {
        steps.time(
                String.format(Locale.ROOT, "writing %,d logs of %d users", records, SampleUser.ALL.size()),
                () -> source.fill(services.stack().mongodb().connectionString()));
        // taken from the worker itself: what it signs is not verified by what it sends along
        var key = TrustedKeys.of("this process", List.of(services.verificationKey()));
        var exports = new VerifiedExport(terminal, new BalerClient(services.url(), services.token()), key, out);

        var everything = steps.timeAfterwards("exporting all of them", () -> exports.run(Filters.NONE));
        var archive = steps.timeAfterwards(
                "downloading and verifying the archive", () -> exports.verify(everything, source.ids(log -> true)));
        filtered(exports);
        return archive;
    }

    /** A second export, to show that filters leave out exactly what they should. */
    private void filtered(VerifiedExport exports) {
        var user = SampleUser.ALL.get(0);
        var filters = new Filters(List.of(user.username()), List.of(), EDITS, null, null);
        steps.timeAfterwards("the same for what " + user.username() + " wrote", () -> {
            var export = exports.run(filters);
            var expected = source.ids(log -> log.getObjectId("user").getValue().equals(user.id())
                    && EDITS.contains(log.getString("action").getValue()));
            // a handful of logs may hold nothing of the kind, and then there is no archive
            if (export.exported() > 0 || expected.hasNext()) {
                exports.verify(export, expected);
            }
        });
    }

    private void tell(VerifiedArchive archive, double seconds) {
        terminal.say(String.format(
                Locale.ROOT,
                """

                  records   %,d in %d JSON files: each one once, in order, nothing else in the archive
                  size      %,d bytes (%,d bytes of JSON)
                  SHA-256   %s
                  signed    with the key %s: the signature is right
                  seconds   %.1f
                  archive   %s

                Next: "%s serve" keeps Baler running; then import and export your own logs.""",
                archive.records(),
                archive.files(),
                archive.size(),
                archive.jsonBytes(),
                archive.sha256(),
                archive.signingKey(),
                seconds,
                archive.file(),
                terminal.command()));
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(out);
            if (!Files.isWritable(out)) {
                throw new CommandFailed(out + " cannot be written: permission denied");
            }
        } catch (IOException e) {
            throw new CommandFailed(out + " cannot be made: " + Reason.of(e), e);
        }
    }
}
