package io.baler.job;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.baler.local.MongoServer;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.data.mongodb.core.MongoTemplate;

/** One server for a class of tests, and a database of its own for each of them. */
public final class FreshDatabases implements BeforeAllCallback, AfterAllCallback {
    private MongoServer server;
    private MongoClient client;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = MongoServer.inMemory(0);
        client = MongoClients.create(server.connectionString());
    }

    /** A new one, with the indexes of the jobs. */
    public MongoTemplate next() {
        return JobDatabase.open(client, "fresh" + new ObjectId());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client.close();
        server.close();
    }
}
