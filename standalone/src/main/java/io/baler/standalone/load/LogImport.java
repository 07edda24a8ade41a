package io.baler.standalone.load;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.baler.standalone.load.PreparedLog.Place;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import io.baler.standalone.terminal.Terminal;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Loads inputs into a collection, each record as it is. A bad one is named and the others are loaded; strictly,
 * everything is read and checked before the first one is, and then all are loaded or none.
 */
public final class LogImport {

    private static final int SHOWN_EVERY = 500;

    private final MongoCollection<RawBsonDocument> collection;
    private final ImportSettings settings;
    private final Progress progress;
    private final BadRecords bad;

    private long bytes;
    private long records;
    private long undated;

    public LogImport(MongoCollection<RawBsonDocument> collection, ImportSettings settings, Progress progress) {
        this.collection = collection;
        this.settings = settings;
        this.progress = progress;
        this.bad = new BadRecords(progress::note);
    }

    public ImportResult run(List<LogInput> inputs) {
        var insertion = new Insertion(collection, bad, settings.strict());
        try {
            if (!settings.strict() || isGood(inputs)) {
                load(inputs, insertion);
            }
        } catch (MongoException e) {
            throw new CommandFailed(
                    "MongoDB failed with " + insertion.loaded() + " documents loaded: "
                            + Terminal.plain(String.valueOf(e.getMessage())),
                    e);
        }
        return new ImportResult(insertion.loaded(), bad.count(), undated);
    }

    private boolean isGood(List<LogInput> inputs) {
        pass(inputs, new Rehearsal(collection, settings.drop(), bad), "checking");
        return bad.count() == 0;
    }

    private void load(List<LogInput> inputs, Insertion insertion) {
        if (settings.drop()) {
            collection.drop();
        }
        pass(inputs, insertion, "loading");
        // what no check foresees: a rule of the collection, or somebody else's document
        if (settings.strict() && bad.count() > 0) {
            insertion.undo();
        }
    }

    private void pass(List<LogInput> inputs, Destination destination, String state) {
        var total = LogInput.totalSize(inputs);
        var preparation = new Preparation(settings.timeField(), Clock.systemUTC());
        bytes = 0;
        records = 0;
        undated = 0;
        for (var input : inputs) {
            try (var stream = input.open(n -> bytes += n)) {
                var reader = RecordReader.of(stream);
                for (var parsed = reader.next(); parsed != null; parsed = reader.next()) {
                    take(parsed, input, preparation, destination);
                    if (++records % SHOWN_EVERY == 0) {
                        progress.at(bytes, total, state);
                    }
                }
            } catch (IOException e) {
                throw new CommandFailed(input.name() + " cannot be read: " + Reason.of(e), e);
            }
        }
        destination.finish();
        progress.at(bytes, total, state);
    }

    private void take(Parsed parsed, LogInput input, Preparation preparation, Destination destination) {
        var place = new Place(input.name(), parsed.line());
        if (parsed instanceof Parsed.Good good) {
            try {
                var log = preparation.prepare(good.document(), place);
                undated += log.dated() ? 0 : 1;
                destination.add(log);
            } catch (BadRecord e) {
                bad.add(place, e.getMessage());
            }
        } else if (parsed instanceof Parsed.Bad found) {
            bad.add(place, found.reason());
        }
    }
}
