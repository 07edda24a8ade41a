package io.baler.api.export;

import io.baler.job.ExportJob;
import java.net.URI;

/** Where exports are found; without a host, so that it is right behind any proxy. */
final class ExportPaths {
    static final String ROOT = "/api/v1/exports";

    private ExportPaths() {}

    static URI of(ExportJob job) {
        return URI.create(ROOT + "/" + job.id());
    }
}
