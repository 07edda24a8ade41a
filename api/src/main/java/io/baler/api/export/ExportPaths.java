package io.baler.api.export;

import io.baler.job.ExportJob;
import java.net.URI;

/** Where exports are found; without a host, so that it is right behind any proxy. */
public final class ExportPaths {
    static final String ROOT = "/api/v1/exports";

    private ExportPaths() {}

    static URI of(ExportJob job) {
        return URI.create(ROOT + "/" + job.id());
    }

    /** Where the archive is to be had, if there is one and for whom it is. */
    public static URI archiveOf(String id) {
        return URI.create(ROOT + "/" + id + "/archive");
    }
}
