# syntax=docker/dockerfile:1
# Baler's three services:  docker build --target api|worker|cleanup -t baler-api .
# They run as nobody in particular on a file system that may be read-only, with /tmp writable and, for the worker,
# without noexec: libraries that it calls are unpacked there.

FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip -Dspotless.check.skip package -pl standalone -am
# what the services are trained with, see deploy/docker/train
RUN mkdir /training && cp */target/baler-standalone-exec.jar */target/baler-api-exec.jar */target/baler-worker-exec.jar /training
# what changes seldom apart from what changes often: each a layer of the image
RUN for service in api worker cleanup; do \
      java -Djarmode=tools -jar "$service/target/baler-$service-exec.jar" \
        extract --layers --destination "/layers/$service" || exit 1; \
    done

FROM eclipse-temurin:25-jre-noble AS base
LABEL org.opencontainers.image.title="Baler" \
      org.opencontainers.image.description="Bulk export of audit logs" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 baler \
 && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin baler
WORKDIR /baler
COPY deploy/docker/health deploy/docker/train /usr/local/bin/
# health and metrics, for the engine and for Prometheus; no port of it need be published. Logs as JSON for whatever
# collects them; empty = as text. The heap is half of the container's memory: what is beside it (classes, code, threads,
# buffers) took up to 260 MiB, see deploy/kubernetes; with two arenas, malloc keeps 15 MiB less than with as many as it
# likes. Netty's events for the flight recorder would take a tenth of a second of each start
ENV MANAGEMENT_SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_PORT=8081 \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    MALLOC_ARENA_MAX=2 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -Dio.netty.jfr.enabled=false"
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["health", "liveness"]

# the cache that is mounted holds nothing: it lets the three train one after the other

FROM base AS api
COPY --from=build /layers/api/dependencies/ /layers/api/spring-boot-loader/ ./
COPY --from=build /layers/api/snapshot-dependencies/ /layers/api/application/ ./
RUN --mount=type=bind,from=build,source=/training,target=/training \
    --mount=type=cache,id=training,target=/var/cache/training,sharing=locked \
    train /baler/baler-api-exec.jar /training
USER 10001:10001
EXPOSE 8080 8081
ENTRYPOINT ["java", "-XX:AOTCache=/baler/baler-api-exec.aot", "-jar", "/baler/baler-api-exec.jar"]

FROM base AS worker
# deflate and SHA-256, several times as fast as Java's; where one is missing, Java does it
RUN apt-get update && apt-get install -y --no-install-recommends libdeflate0 libssl3t64 && rm -rf /var/lib/apt/lists/*
COPY --from=build /layers/worker/dependencies/ /layers/worker/spring-boot-loader/ ./
COPY --from=build /layers/worker/snapshot-dependencies/ /layers/worker/application/ ./
RUN --mount=type=bind,from=build,source=/training,target=/training \
    --mount=type=cache,id=training,target=/var/cache/training,sharing=locked \
    train /baler/baler-worker-exec.jar /training
USER 10001:10001
EXPOSE 8081
ENTRYPOINT ["java", "-XX:AOTCache=/baler/baler-worker-exec.aot", "-jar", "/baler/baler-worker-exec.jar"]

FROM base AS cleanup
COPY --from=build /layers/cleanup/dependencies/ /layers/cleanup/spring-boot-loader/ ./
COPY --from=build /layers/cleanup/snapshot-dependencies/ /layers/cleanup/application/ ./
RUN --mount=type=bind,from=build,source=/training,target=/training \
    --mount=type=cache,id=training,target=/var/cache/training,sharing=locked \
    train /baler/baler-cleanup-exec.jar /training
USER 10001:10001
EXPOSE 8081
ENTRYPOINT ["java", "-XX:AOTCache=/baler/baler-cleanup-exec.aot", "-jar", "/baler/baler-cleanup-exec.jar"]
