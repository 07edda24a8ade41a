package io.baler.standalone.load;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

/** The database that logs go into. One that cannot be reached is told of within seconds. */
public final class LogDatabase implements AutoCloseable {

    private static final int SECONDS = 5;

    private final MongoClient client;
    private final MongoDatabase database;

    private LogDatabase(MongoClient client, MongoDatabase database) {
        this.client = client;
        this.database = database;
    }

    /** Opens the database that the connection string names. */
    public static LogDatabase open(String uri) {
        var address = address(uri);
        if (address.getDatabase() == null) {
            throw new CommandFailed("the connection string has to name the database: mongodb://host:port/database");
        }
        var settings = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SECONDS, TimeUnit.SECONDS))
                .applyConnectionString(address)
                .build();
        var client = MongoClients.create(settings);
        var database = client.getDatabase(address.getDatabase());
        try {
            database.runCommand(new BsonDocument("ping", new BsonInt32(1)));
            return new LogDatabase(client, database);
        } catch (MongoException e) {
            client.close();
            throw new CommandFailed(
                    "MongoDB at " + String.join(", ", address.getHosts()) + " cannot be used: " + reason(e), e);
        }
    }

    public MongoCollection<RawBsonDocument> collection(String name) {
        return database.getCollection(name, RawBsonDocument.class);
    }

    @Override
    public String toString() {
        return database.getName();
    }

    @Override
    public void close() {
        client.close();
    }

    private static ConnectionString address(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            // without the cause: its text may hold the password
            throw new CommandFailed("the connection string is none: it begins with mongodb:// or mongodb+srv://");
        }
    }

    private static String reason(MongoException e) {
        return e instanceof MongoTimeoutException
                ? "no answer within " + SECONDS + " s; is the server running?"
                : Terminal.plain(String.valueOf(e.getMessage()));
    }
}
