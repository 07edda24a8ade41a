package io.baler.job.storage;

import io.baler.job.start.ServerChecks;
import io.baler.job.start.StartFailed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The S3 clients, built from {@link S3Settings}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(S3Settings.class)
public class StorageConfiguration {
    /** A part of 64 MiB at a slow 1 MB/s fits; a server that hangs is noticed all the same. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

    /** S3 lists no more at a time. */
    private static final int LARGEST_PAGE = 1_000;

    @Bean
    ExportBucket exportBucket(S3Settings settings, ObjectProvider<MeterRegistry> registries) {
        return exportBucket(settings, registries.getIfAvailable());
    }

    /** Without Spring, and without metrics. */
    public ExportBucket exportBucket(S3Settings settings) {
        return exportBucket(settings, (MeterRegistry) null);
    }

    private static ExportBucket exportBucket(S3Settings settings, @Nullable MeterRegistry registry) {
        var credentials = credentials(settings);
        var client = S3AsyncClient.builder()
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(override -> {
                    override.apiCallAttemptTimeout(CALL_TIMEOUT);
                    if (registry != null) {
                        override.addMetricPublisher(new S3Metrics(registry));
                    }
                })
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        // Complete answers only once the object is made
                        .readTimeout(CALL_TIMEOUT)
                        .writeTimeout(CALL_TIMEOUT));
        var presigner = S3Presigner.builder()
                .credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .build());
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
        }
        var links = settings.linkEndpoint();
        if (links != null) {
            presigner.endpointOverride(links);
        }
        var region = region(settings);
        client.region(region);
        presigner.region(region);
        return new ExportBucket(client.build(), presigner.build(), settings.bucket(), settings.kmsKey());
    }

    @Bean
    BucketContents bucketContents(ExportBucket bucket) {
        return bucket.contents(LARGEST_PAGE);
    }

    private static Region region(S3Settings settings) {
        if (settings.region() != null) {
            return Region.of(settings.region());
        }
        if (settings.endpoint() != null) {
            // servers other than Amazon's have no regions, and take the first one's name for a signature
            return Region.US_EAST_1;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException unknown) {
            throw new StartFailed("baler.s3.region: must be set, for the environment names no region", unknown);
        }
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        if (settings.accessKey() == null || settings.secretKey() == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }

    @Bean
    ArchiveKeys archiveKeys(S3Settings settings, MongoTemplate mongo, ServerChecks passed) {
        return ArchiveKeys.of(settings, mongo);
    }
}
