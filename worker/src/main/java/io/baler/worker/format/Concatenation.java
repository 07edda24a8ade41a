package io.baler.worker.format;

import io.baler.job.ArchivedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Compressed members or frames one behind the other, which decompressors read as one file. An empty one ends it: an
 * archive that was cut off between two members, which no decompressor would notice, does not end so; and the last part
 * of the upload is never empty.
 */
final class Concatenation implements Container {

    private final OutputStream out;
    private final byte[] end;

    Concatenation(OutputStream out, byte[] end) {
        this.out = out;
        this.end = end.clone();
    }

    @Override
    public void add(ArchivedFile file, InputStream compressed) throws IOException {
        compressed.transferTo(out);
    }

    @Override
    public void endData() throws IOException {
        out.write(end);
    }

    @Override
    public long end(byte[] manifest, byte[] signature) {
        return 0;
    }
}
