package io.baler.job.storage;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where archives are stored.
 *
 * @param endpoint of an S3 server other than Amazon's; none = the SDK's
 * @param publicEndpoint the same server as people's browsers reach it, for download links; none = as above
 * @param region none = us-east-1 where an endpoint is set, otherwise the SDK's default chain
 * @param bucket must exist
 * @param pathStyle bucket in the path instead of the host name; most servers other than Amazon's need it
 * @param prefix before every key, without a leading slash
 * @param accessKey with {@code secretKey}; none = the SDK's default credential chain
 * @param secretKey with {@code accessKey}
 * @param kmsKey id, alias or ARN of the KMS key that the storage is to encrypt every object with; none = as the bucket
 *     does by itself
 */
@ConfigurationProperties("baler.s3")
public record S3Settings(
        @Nullable URI endpoint,
        @Nullable URI publicEndpoint,
        @Nullable String region,
        @DefaultValue("") String bucket,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("") String prefix,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String kmsKey) {

    public S3Settings {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("baler.s3.bucket: must be set to the bucket that archives go to");
        }
        if (prefix.startsWith("/")) {
            throw new IllegalArgumentException("baler.s3.prefix: must not begin with a slash, got " + prefix);
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("baler.s3.access-key and baler.s3.secret-key: set both or neither");
        }
        if (kmsKey != null && kmsKey.isBlank()) {
            throw new IllegalArgumentException(
                    "baler.s3.kms-key: must name a key, or be left out for the bucket's own encryption");
        }
        prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** What a download link begins with. */
    @Nullable
    URI linkEndpoint() {
        return publicEndpoint == null ? endpoint : publicEndpoint;
    }

    /** Without the secret: settings are printed when something is wrong with them. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + "]";
    }
}
