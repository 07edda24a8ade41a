package io.baler.worker.format;

import io.baler.job.ArchivedFile;
import io.baler.job.evidence.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * A ZIP. Sizes and checksums are known before each entry, so no data descriptor is needed. The manifest and its signature
 * are stored as they are, so that they can be read out of the object by their place, and so that a verifier can write
 * the end of the archive again byte for byte.
 *
 * <p>Zip64 is left to commons-compress: it is used where a number needs it, and the bytes are the same for a ZIP written
 * in one go and one that was gone on with.
 */
final class ZipContainer implements Container {

    // what ZIP's two bytes can say
    private static final LocalDate FIRST = LocalDate.of(1980, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2107, 12, 31);

    private final ZipArchiveOutputStream zip;
    private final LocalDateTime time;

    // ZIP's times are local ones, and commons-compress takes them through the default time zone and back: noon, because
    // no zone skips an hour then.
    ZipContainer(OutputStream out, Instant asOf) {
        zip = new ZipArchiveOutputStream(out);
        LocalDate date = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        LocalDate sayable = date.isBefore(FIRST) ? FIRST : date.isAfter(LAST) ? LAST : date;
        time = sayable.atTime(LocalTime.NOON);
    }

    @Override
    public void add(ArchivedFile file, InputStream compressed) throws IOException {
        ZipArchiveEntry entry = entry(file.name(), ZipMethod.DEFLATED, file.size(), file.crc32());
        entry.setCompressedSize(file.compressedSize());
        zip.addRawArchiveEntry(entry, compressed);
    }

    @Override
    public void endData() {}

    @Override
    public long end(byte[] manifest, byte[] signature) throws IOException {
        store(Manifest.NAME, manifest);
        long manifestAt = zip.getBytesWritten() - manifest.length;
        store(Manifest.SIGNATURE_NAME, signature);
        zip.finish();
        return manifestAt;
    }

    private void store(String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipArchiveEntry entry = entry(name, ZipMethod.STORED, content.length, crc.getValue());
        entry.setCompressedSize(content.length);
        zip.addRawArchiveEntry(entry, new ByteArrayInputStream(content));
    }

    private ZipArchiveEntry entry(String name, ZipMethod method, long size, long crc32) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setMethod(method.getCode());
        entry.setTimeLocal(time);
        entry.setCrc(crc32);
        entry.setSize(size);
        return entry;
    }
}
