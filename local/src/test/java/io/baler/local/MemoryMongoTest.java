package io.baler.local;

class MemoryMongoTest extends MongoServerSuite {

    @Override
    MongoServer startServer() {
        return MongoServer.inMemory(0);
    }
}
