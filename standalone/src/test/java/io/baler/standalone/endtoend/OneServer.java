package io.baler.standalone.endtoend;

import io.baler.bench.Parent;
import io.baler.local.KafkaServer;
import io.baler.local.MongoServer;
import io.baler.local.S3Server;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * One of the embedded servers alone in a process: {@code OneServer mongodb|kafka|s3 DIRECTORY PORT BUCKET}. Says in one
 * line, when it is ready, the port, and for S3 the access key and its secret.
 */
final class OneServer {
    private OneServer() {}

    public static void main(String[] args) throws InterruptedException {
        Parent.endWithIt();
        System.out.println(start(args[0], Path.of(args[1]), Integer.parseInt(args[2]), args[3]));
        new CountDownLatch(1).await();
    }

    private static String start(String server, Path directory, int port, String bucket) {
        switch (server) {
            case "mongodb":
                return "" + MongoServer.start(directory, port).port();
            case "kafka":
                return "" + KafkaServer.start(directory, port).port();
            default:
                var s3 = S3Server.start(directory, port);
                s3.createBucket(bucket);
                return s3.port() + " " + s3.accessKey() + " " + s3.secretKey();
        }
    }
}
