package io.baler.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * A database in one file that holds every write it has acknowledged, even if the process is killed the moment after.
 *
 * <p>Each command that writes is one commit, before its answer. A commit covers the whole store, so these commands take
 * turns: none may find another's half-done change, a document without its index entry, in its commit. Nothing else
 * commits, neither a background thread nor a full buffer. Nothing is forced to the disk either (a commit takes 0.1 ms):
 * it is the process that may die at any time, not the machine.
 */
final class DurableMongo extends H2Backend {

    /** What certainly changes nothing that is kept. Any other command is taken for one that writes. */
    private static final Set<String> READING = Set.of(
            "find",
            "getmore",
            "killcursors",
            "count",
            "distinct",
            "listcollections",
            "listindexes",
            "listdatabases",
            "ismaster",
            "ping",
            "buildinfo",
            "serverstatus",
            "endsessions");

    private static final int COMMITS_PER_TIDYING = 1_000;
    private static final int LARGEST_TIDYING = 4 << 20;

    private final ReentrantLock writing = new ReentrantLock();
    private long commits;

    DurableMongo(Path file) {
        super(open(file));
    }

    private static MVStore open(Path file) {
        var store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        // Space that nothing refers to is used again at once. The default leaves it alone for 45 s, for disks that
        // write
        // out of order: at 1,000 updates a second a file of 700 MB.
        store.setRetentionTime(0);
        return store;
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        if (Hello.isAsked(command)) {
            return Hello.from(super.handleCommand(channel, database, "isMaster", query));
        }
        return isReading(command, query)
                ? read(channel, database, command, query)
                : write(channel, database, command, query);
    }

    private static boolean isReading(String command, Document query) {
        if (command.equals("aggregate")) {
            String pipeline = String.valueOf(query.get("pipeline"));
            return !pipeline.contains("$out") && !pipeline.contains("$merge");
        }
        return READING.contains(command.toLowerCase(Locale.ROOT));
    }

    private Document read(Channel channel, String database, String command, Document query) {
        // or commands that write would meanwhile use the space of pages that are being read
        var version = getMvStore().registerVersionUsage();
        try {
            return super.handleCommand(channel, database, command, query);
        } finally {
            getMvStore().deregisterVersionUsage(version);
        }
    }

    private Document write(Channel channel, String database, String command, Document query) {
        writing.lock();
        try {
            return super.handleCommand(channel, database, command, query);
        } finally {
            try {
                // also after an error: of a thousand documents, those before the duplicate are in
                commit();
                tidyUp();
            } finally {
                writing.unlock();
            }
        }
    }

    /** Moves what little is left in old places together; otherwise the file would be twenty times its content. */
    private void tidyUp() {
        commits++;
        if (commits % COMMITS_PER_TIDYING == 0 && getMvStore().compact(50, LARGEST_TIDYING)) {
            commit();
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new TypedDatabase(name);
    }

    /**
     * Opens each map with our types before {@link H2Database} asks for it without any, and gets the one that is open.
     *
     * <p>An inner class, because the constructor above its own opens maps, when a field would still be null.
     */
    private final class TypedDatabase extends H2Database {

        TypedDatabase(String name) {
            super(name, getMvStore(), getCursorRegistry());
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
            var types = new MVMap.Builder<Object, Object>()
                    .keyType(new BsonValueType())
                    .valueType(new BsonValueType());
            getMvStore().openMap("databases." + getFullCollectionNamespace(collection), types);
            return super.openOrCreateCollection(collection, options);
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
                String collection, String index, List<IndexKey> keys, boolean sparse) {
            var types = new MVMap.Builder<KeyValue, Object>()
                    .keyType(new IndexKeyType())
                    .valueType(new BsonValueType());
            getMvStore().openMap(getFullCollectionNamespace(collection) + "._index_" + index, types);
            return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
        }
    }
}
