package io.baler.worker.simulation;

import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The driver as one simulated process has it: every call that goes to the server is a step, and the server's time is
 * simulated. Behind it is a real driver on a MongoDB-wire server in memory, so what an operation means is not simulated.
 * Cursors bring one record at a time.
 */
final class SimulatedMongo {
    private static final Set<String> CALLS = Set.of(
            "findOneAndUpdate",
            "updateOne",
            "insertOne",
            "deleteMany",
            "countDocuments",
            "first",
            "iterator",
            "cursor");
    private static final List<Class<?>> WRAPPED = List.of(
            MongoDatabase.class, MongoCollection.class, FindIterable.class, AggregateIterable.class, MongoCursor.class);

    private static final StackWalker STACK = StackWalker.getInstance();

    private final Network network;
    private final Host host;
    private final Supplier<Instant> now;
    private final Runnable afterWrite;

    private SimulatedMongo(Network network, Host host, Supplier<Instant> now, Runnable afterWrite) {
        this.network = network;
        this.host = host;
        this.now = now;
        this.afterWrite = afterWrite;
    }

    /**
     * @param now the server's time
     * @param afterWrite called while nobody else runs
     */
    static MongoClient client(
            MongoClient server, Network network, Host host, Supplier<Instant> now, Runnable afterWrite) {
        var simulated = new SimulatedMongo(network, host, now, afterWrite);
        return simulated.wrap(MongoClient.class, server, "");
    }

    private <T> T wrap(Class<T> type, Object target, String collection) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> handle(target, method, args == null ? new Object[0] : args, collection)));
    }

    private @Nullable Object handle(Object target, Method method, Object[] given, String collection) throws Throwable {
        var name = method.getName();
        if (name.equals("batchSize")) {
            return wrap(method.getReturnType(), invoke(target, method, new Object[] {1}), collection);
        }
        if (!goesToTheServer(target, name)) {
            var answer = invoke(target, method, given);
            var of = name.equals("getCollection") ? String.valueOf(given[0]) : collection;
            return WRAPPED.contains(method.getReturnType()) && answer != null
                    ? wrap(method.getReturnType(), answer, of)
                    : answer;
        }
        if (Thread.currentThread().isInterrupted() && network.random().nextBoolean()) {
            throw new MongoInterruptedException("interrupted", new InterruptedException());
        }
        var answer = network.call(
                host,
                label(collection, target instanceof MongoCursor ? "getMore" : name),
                () -> atTheServer(target, method, given),
                () -> failure(target));
        return WRAPPED.contains(method.getReturnType()) && answer != null
                ? wrap(method.getReturnType(), answer, collection)
                : answer;
    }

    /** Which of Baler's own operations it is, where it is one on jobs. */
    private static String label(String collection, String command) {
        if (collection.startsWith("activities")) {
            return "logs " + command;
        }
        return "jobs "
                + STACK.walk(
                        frames -> frames.filter(frame -> frame.getClassName().endsWith(".JobStore"))
                                .map(StackWalker.StackFrame::getMethodName)
                                .filter(method -> !method.startsWith("lambda"))
                                .reduce((inner, outer) -> outer)
                                .orElse(command));
    }

    private static boolean goesToTheServer(Object target, String name) {
        if (target instanceof MongoCursor<?> cursor) {
            return name.equals("hasNext") && cursor.available() == 0;
        }
        return CALLS.contains(name);
    }

    /** When the call arrives is when the server looks at its clock. */
    private @Nullable Object atTheServer(Object target, Method method, Object[] given) {
        var args = given.clone();
        for (int i = 0; i < args.length; i++) {
            if (args[i] instanceof Document document) {
                args[i] = withTime(document);
            }
        }
        try {
            return invoke(target, method, args);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        } finally {
            afterWrite.run();
        }
    }

    /** The embedded server has a clock of its own; {@code $$NOW} and {@code $currentDate} get the simulated one. */
    private Document withTime(Document document) {
        var copy = new Document();
        document.forEach((key, value) -> {
            if (!key.equals("$currentDate")) {
                copy.append(key, withTime(value));
            }
        });
        if (document.get("$currentDate") instanceof Document fields) {
            var set = copy.get("$set") instanceof Document present ? present : new Document();
            fields.keySet().forEach(field -> set.append(field, Date.from(now.get())));
            copy.append("$set", set);
        }
        return copy;
    }

    private @Nullable Object withTime(@Nullable Object value) {
        if (value instanceof Document document) {
            return withTime(document);
        } else if (value instanceof List<?> list) {
            return list.stream().map(this::withTime).toList();
        }
        return "$$NOW".equals(value) ? Date.from(now.get()) : value;
    }

    private RuntimeException failure(Object target) {
        var server = new ServerAddress("simulated", 1);
        return target instanceof MongoCursor && network.random().nextBoolean()
                ? new MongoCursorNotFoundException(1, new BsonDocument(), server)
                : new MongoSocketReadException("no answer", server);
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
