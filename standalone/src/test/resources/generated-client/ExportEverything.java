import io.baler.client.api.ArchivesApi;
import io.baler.client.api.ExportsApi;
import io.baler.client.invoker.ApiClient;
import io.baler.client.invoker.ApiException;
import io.baler.client.model.ExportRequest;
import io.baler.client.model.ExportRequestFilters;
import io.baler.client.model.ExportView;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What somebody writes who has the document and a generator, and nothing else of Baler. */
public final class ExportEverything {
    private ExportEverything() {}

    /** Takes the url, the token, an action, a user's name that nobody has, and the file to write the archive into. */
    public static void main(String[] arguments) throws Exception {
        var client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(call -> call.header("Authorization", "Bearer " + arguments[1]));
        var exports = new ExportsApi(client);

        expectRefusal(exports, arguments[3]);
        var filters = new ExportRequestFilters().actions(List.of(arguments[2]));
        var request = new ExportRequest().filters(filters).format(ExportRequest.FormatEnum.JSON);
        var export = follow(exports, exports.requestExport(request, "only-once"));
        var again = exports.requestExport(request, "only-once");
        check(again.getId().equals(export.getId()), "the key brings the same export");
        var listed = exports.listExports(List.of("completed"), null, null, null, 10, null).getExports();
        check(listed.stream().anyMatch(one -> one.getId().equals(export.getId())), "it is in the list");

        download(new ArchivesApi(client), export, Path.of(arguments[4]));
        exports.deleteExport(export.getId());
        try {
            exports.findExport(export.getId(), null);
            throw new AssertionError("it is still there");
        } catch (ApiException gone) {
            check(gone.getCode() == 404, "deleted is gone: " + gone.getCode());
        }
    }

    private static void expectRefusal(ExportsApi exports, String nobody) throws Exception {
        var filters = new ExportRequestFilters().usernames(List.of(nobody));
        try {
            exports.requestExport(new ExportRequest().filters(filters), null);
            throw new AssertionError("a name that nobody has was accepted");
        } catch (ApiException refused) {
            check(refused.getCode() == 422, "refused with " + refused.getCode());
            check(refused.getResponseBody().contains(nobody), "the refusal names it: " + refused.getResponseBody());
        }
    }

    private static ExportView follow(ExportsApi exports, ExportView export) throws Exception {
        var now = export;
        while (now.getEndedAt() == null) {
            var answer = exports.findExportWithHttpInfo(now.getId(), null);
            now = answer.getData();
            if (now.getEndedAt() == null) {
                Thread.sleep(1_000 * Long.parseLong(answer.getHeaders().get("retry-after").get(0)));
            }
        }
        check(now.getStatus() == ExportView.StatusEnum.COMPLETED, "ended as " + now.getStatus());
        check(now.getProgress().getExported() == now.getProgress().getExpected(), "nothing is missing");
        return now;
    }

    /** The archive itself, or the redirect to it, which this client leaves to us. */
    private static void download(ArchivesApi archives, ExportView export, Path file) throws Exception {
        try {
            var downloaded = archives.downloadArchive(export.getId(), null, null, null);
            Files.move(downloaded.toPath(), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (ApiException redirected) {
            check(redirected.getCode() == 302, "download ended with " + redirected.getCode());
            var place = URI.create(redirected.getResponseHeaders().firstValue("location").orElseThrow());
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofFile(file));
        }
        check(Files.size(file) == export.getArchive().getSize(), "the archive is whole");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
