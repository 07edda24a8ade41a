package io.baler.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.regex.Pattern;

/**
 * What a killed S3 server leaves behind, taken away.
 *
 * <p>S3Proxy writes an object, a part or the join of all parts as {@code {key}-{UUID}}, gives the file its ETag as an
 * extended attribute and renames it. Killed before that, it leaves a file that would be listed as an object and stay for
 * ever. A file with such a name and without an ETag is one; an object that was named so by a client has its ETag.
 */
final class HalfWrittenObjects extends SimpleFileVisitor<Path> {

    static final String ETAG = "user.content-md5";

    private static final Pattern NAME = Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private HalfWrittenObjects() {}

    static void deleteIn(Path objects) throws IOException {
        Files.walkFileTree(objects, new HalfWrittenObjects());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (NAME.matcher(file.getFileName().toString()).matches()
                && !Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                        .list()
                        .contains(ETAG)) {
            Files.delete(file);
        }
        return FileVisitResult.CONTINUE;
    }
}
