package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** What the archive says of each entry, sizes and checksum included, so that no data descriptor is needed. */
final class EntryHeaders {

    // what ZIP's two bytes can say
    private static final LocalDate FIRST = LocalDate.of(1980, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2107, 12, 31);

    private final LocalDateTime time;

    // ZIP's times are local ones, and commons-compress takes them through the default time zone and back: noon, because
    // no zone skips an hour then.
    EntryHeaders(Instant asOf) {
        LocalDate date = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        LocalDate sayable = date.isBefore(FIRST) ? FIRST : date.isAfter(LAST) ? LAST : date;
        time = sayable.atTime(LocalTime.NOON);
    }

    ZipArchiveEntry of(ArchivedFile file) {
        return of(file.name(), file.crc32(), file.size(), file.compressedSize());
    }

    ZipArchiveEntry of(String name, Deflated content) {
        return of(name, content.crc32(), content.size(), content.bytes().length());
    }

    private ZipArchiveEntry of(String name, long crc32, long size, long compressedSize) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setMethod(ZipMethod.DEFLATED.getCode());
        entry.setTimeLocal(time);
        entry.setCrc(crc32);
        entry.setSize(size);
        entry.setCompressedSize(compressedSize);
        return entry;
    }
}
