package io.baler.standalone.endtoend;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A replica set of three MongoDB servers in one container. Each has the same port inside as outside, so that drivers
 * reach a member where the others do; the Docker engine must be on this host.
 */
final class ReplicaSet extends GenericContainer<ReplicaSet> {
    private static final String NAME = "rs0";
    private static final int MEMBERS = 3;

    private final List<Integer> ports;

    ReplicaSet(String image) {
        super(image);
        ports = Stream.generate(ServiceUnderTest::freePort)
                .distinct()
                .limit(MEMBERS)
                .toList();
        setExposedPorts(ports);
        setPortBindings(ports.stream().map(port -> port + ":" + port).toList());
        // time to live is looked at each second instead of each minute
        withCommand(
                "bash",
                "-c",
                "for port in " + joined(" ") + "; do mkdir -p /data/$port"
                        + " && mongod --fork --replSet " + NAME + " --bind_ip_all --port $port --dbpath /data/$port"
                        + " --logpath /data/$port/log --wiredTigerCacheSizeGB 0.25"
                        + " --setParameter ttlMonitorSleepSecs=1 || exit 1; done; exec tail -f /data/*/log");
        waitingFor(Wait.forSuccessfulCommand(ports.stream()
                .map(port -> "mongosh --quiet --port " + port + " --eval 'db.hello().ok'")
                .collect(Collectors.joining(" && "))));
    }

    @Override
    protected void containerIsStarted(InspectContainerResponse container) {
        var members = IntStream.range(0, MEMBERS)
                .mapToObj(n -> new Document("_id", n).append("host", host(ports.get(n))))
                .toList();
        try (var first = MongoClients.create("mongodb://" + host(ports.get(0)) + "/?directConnection=true")) {
            first.getDatabase("admin")
                    .runCommand(new Document("replSetInitiate", new Document("_id", NAME).append("members", members)));
        }
        try (var all = MongoClients.create(uri())) {
            // waits for a primary
            all.getDatabase("admin").runCommand(new Document("ping", 1));
        }
    }

    /** Of the whole set, with the database {@code baler}. */
    String uri() {
        return "mongodb://" + ports.stream().map(ReplicaSet::host).collect(Collectors.joining(","))
                + "/baler?replicaSet=" + NAME;
    }

    private static String host(int port) {
        return "127.0.0.1:" + port;
    }

    private String joined(String separator) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
}
