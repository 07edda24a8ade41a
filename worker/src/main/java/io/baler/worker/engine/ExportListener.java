package io.baler.worker.engine;

import io.baler.job.ExportJob;
import java.util.List;

/** Hears what becomes of the exports of this worker. Called on their threads, so it must neither block nor throw. */
public interface ExportListener {

    /** The job was claimed, and work on it begins. */
    default void began(ExportJob claimed) {}

    /** A part became durable. */
    default void committed(ExportJob before, ExportJob after) {}

    /** Something failed that may pass; {@code cause} is one of a few codes. */
    default void triedAgain(ExportJob job, String cause) {}

    /** Another worker has the job, or may have it, or somebody stopped it. */
    default void lost(ExportJob job) {}

    /** This worker brought the job to its end. */
    default void ended(ExportJob job) {}

    /** This worker no longer works on it, whatever the reason; always the last that is heard of it. */
    default void left(ExportJob job) {}

    /** All of them hear, in this order. */
    static ExportListener all(List<ExportListener> listeners) {
        return new ExportListener() {
            @Override
            public void began(ExportJob claimed) {
                listeners.forEach(each -> each.began(claimed));
            }

            @Override
            public void committed(ExportJob before, ExportJob after) {
                listeners.forEach(each -> each.committed(before, after));
            }

            @Override
            public void triedAgain(ExportJob job, String cause) {
                listeners.forEach(each -> each.triedAgain(job, cause));
            }

            @Override
            public void lost(ExportJob job) {
                listeners.forEach(each -> each.lost(job));
            }

            @Override
            public void ended(ExportJob job) {
                listeners.forEach(each -> each.ended(job));
            }

            @Override
            public void left(ExportJob job) {
                listeners.forEach(each -> each.left(job));
            }
        };
    }
}
