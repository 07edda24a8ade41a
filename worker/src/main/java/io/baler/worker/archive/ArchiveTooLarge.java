package io.baler.worker.archive;

/**
 * The archive needs more parts than an upload can have. Trying again does not help: the export has to be split, by date
 * or by user.
 */
public final class ArchiveTooLarge extends RuntimeException {

    ArchiveTooLarge(int mostParts) {
        super("the archive needs more than the " + mostParts
                + " parts that one upload can have; export a smaller range of dates, or fewer users, at a time");
    }
}
