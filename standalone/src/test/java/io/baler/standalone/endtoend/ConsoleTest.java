package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console in a real browser, before the whole of Baler: what an administrator sees and does. */
class ConsoleTest {
    private static final List<String> ACTIONS = List.of(
            "PAGE_VIEW", "PAGE_CREATE", "PAGE_UPDATE", "PAGE_DELETE", "USER_LOGIN", "USER_LOGOUT", "COMMENT_CREATE");
    private static final int OF_EACH = 2_000;
    private static final List<String> USERS = List.of("anna", "annabel", "bob");

    @TempDir
    private static Path directory;

    private static RunningServer server;
    private static MongoClient mongo;

    @TempDir
    private Path profile;

    private Browser browser;

    @BeforeAll
    static void start() {
        assumeTrue(Browser.isThere(), "skipped: no Chromium with its chromedriver in /usr/bin");
        server = RunningServer.start(directory, "--baler.worker.max-records-per-second=600", "--baler.worker.slots=3");
        mongo = MongoClients.create(server.connection().path("mongodb").stringValue());
        var users = USERS.stream()
                .map(name -> new Document("_id", new ObjectId()).append("username", name))
                .toList();
        collection("users").insertMany(users);
        var begin = Instant.now().minus(Duration.ofDays(20));
        collection("activities")
                .insertMany(IntStream.range(0, ACTIONS.size() * OF_EACH)
                        .mapToObj(n -> new Document("_id", new ObjectId())
                                .append("action", ACTIONS.get(n % ACTIONS.size()))
                                .append("user", users.get(n % users.size()).getObjectId("_id"))
                                .append("createdAt", Date.from(begin.plusSeconds(n))))
                        .toList());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            mongo.close();
            server.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        browser = Browser.start(profile);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            try {
                assertThat(browser.complaints()).isEmpty();
            } finally {
                browser.close();
            }
        }
    }

    @Test
    void anExportIsRequestedWatchedDownloadedAndOpened() {
        browser.open(url());
        browser.see("#token");
        browser.screenshot("sign-in");
        browser.isAccessible("sign-in");
        browser.type("#token", "a-token-that-nobody-has-given-to-anybody");
        browser.click("button", "Sign in");
        browser.see("#token-error", "not valid");
        signIn();

        browser.click("#new-export");
        browser.type("#users", "ANN");
        browser.see("#users-list li", "annabel");
        browser.screenshot("suggestions");
        browser.isAccessible("suggestions");
        browser.click("#users-list li", "anna");
        browser.type("#action-search", "page");
        browser.click(".check.whole", "PAGE");
        browser.click(".preset", "30 days");
        browser.see("#preview", "records, about");
        browser.screenshot("form");
        browser.isAccessible("form");
        browser.click("#submit");

        var row = browser.see(".export", " · by anna · ");
        var id = row.getAttribute("data-id");
        var seen = barsOf(id);
        assertThat(seen).as("how far the bar was").hasSizeGreaterThanOrEqualTo(2);
        browser.see(one(id) + "[data-state=completed]", "Download until");
        browser.screenshot("ready");
        browser.click(one(id) + " [data-action=download]");
        var expected = collection("activities")
                .find(new Document("action", Pattern.compile("^PAGE_")).append("user", idOf("anna")))
                .map(log -> log.getObjectId("_id").toHexString())
                .into(new ArrayList<>());
        assertThat(ZipRecords.in(browser.downloaded()).stream()
                        .map(record -> record.path("_id").asString()))
                .hasSize(expected.size())
                .containsExactlyElementsOf(expected);
    }

    /** Every value of the progress bar until it is gone. */
    private Set<Object> barsOf(String id) {
        var values = new HashSet<>();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    var value = browser.script(
                            "const row = document.querySelector(arguments[0]); const bar = row.querySelector('progress');"
                                    + "return row.dataset.state === 'completed' ? 'ended'"
                                    + " : !bar.hidden && bar.hasAttribute('value') ? bar.value : null",
                            one(id));
                    if (value instanceof Number) {
                        values.add(value);
                    }
                    return "ended".equals(value);
                });
        return values;
    }

    @Test
    void anEqualExportThatRunsIsRestartedIfTheReaderSaysSo() {
        signIn();
        // all there is: long enough to be asked for again
        var id = request("");
        browser.see(one(id) + "[data-state=exporting]");
        browser.screenshot("running");

        ask("");
        browser.see("dialog.question", "under way");
        browser.screenshot("duplicate");
        browser.isAccessible("duplicate");
        browser.click("dialog.question button", "Leave it running");
        browser.seeNone("dialog.question");
        var before = epochOf(id);
        browser.click("#submit");
        browser.click("dialog.question button", "Restart it");

        browser.seeNone("dialog");
        assertThat(generationOf(id)).isEqualTo(1);
        assertThat(epochOf(id)).isGreaterThan(before);
        browser.click(one(id) + " [data-action=cancel]");
        browser.click("dialog.question .danger");
        browser.see(one(id) + "[data-state=cancelled]");
    }

    @Test
    void aFailureIsToldWithItsReasonAndCanBeResumed() {
        var odd = new Document("action", "ODD").append("createdAt", "2023-01-01");
        collection("activities").insertOne(odd);
        try {
            signIn();
            browser.click("#new-export");
            browser.type("#action-search", "PAGE_UPDATE");
            browser.click(".check", "PAGE_UPDATE");
            browser.click(".preset", "30 days");
            browser.click("#submit");

            var row = browser.see(".export[data-state=failed]", "other than a date");
            browser.screenshot("failed");
            browser.isAccessible("failed");
            var id = row.getAttribute("data-id");
            collection("activities").deleteOne(odd);
            browser.click(one(id) + " [data-action=resume]");

            browser.see(one(id) + "[data-state=completed]");
        } finally {
            collection("activities").deleteOne(odd);
        }
    }

    @Test
    void whatRunsIsCancelledAfterAQuestionAndDeletedFromTheList() {
        signIn();
        var id = request("PAGE_DELETE");

        browser.click(one(id) + " [data-action=cancel]");
        browser.screenshot("cancel");
        browser.click("dialog.question button", "Keep it");
        browser.seeNone("dialog");
        browser.click(one(id) + " [data-action=cancel]");
        browser.click("dialog.question .danger");
        browser.see(one(id) + "[data-state=cancelled]", "Cancelled on");

        browser.click(one(id) + " [data-action=delete]");
        browser.click("dialog.question .danger");
        browser.seeNone(one(id));
    }

    @Test
    void aDownloadThatHasExpiredIsToldAsSuchAndNotFollowed() {
        signIn();
        var id = request("USER_LOGOUT");
        browser.see(one(id) + "[data-state=completed]");
        // three days later, and the page has been open all the time
        collection("exportJobs")
                .updateOne(
                        new Document("_id", id),
                        new Document(
                                "$set",
                                new Document(
                                        "attachment.expiresAt",
                                        Date.from(Instant.now().minusSeconds(1)))));

        browser.click(one(id) + " [data-action=download]");

        browser.see(".toast.bad", "period has ended");
        browser.see(one(id) + "[data-state=gone]", "The download ended on");
        browser.screenshot("expired");
        assertThat(browser.count(one(id) + " [data-action=download]")).isZero();
        browser.click(one(id) + " [data-action=again]");
        browser.see("#actions-hint", "1 action chosen");
    }

    @Test
    void theBellTellsOfOutcomesUntilTheyHaveBeenSeen() {
        signIn();
        var id = request("COMMENT_CREATE");
        browser.see(one(id) + "[data-state=completed]");
        browser.see("#bell .count");

        browser.click("#bell");
        browser.see("#news li[data-export='" + id + "']", "An export of 2,000 records is ready.");
        browser.screenshot("bell");
        browser.isAccessible("bell");
        browser.click("#seen");

        // what other tests have begun may have ended meanwhile
        await().untilAsserted(() -> assertThat(collection("exportNotifications")
                        .find(new Document("jobId", id))
                        .first()
                        .getBoolean("seen"))
                .isTrue());
        browser.seeNone("#news");
    }

    @Test
    void itIsDarkWhereTheSystemIsAndWhereTheReaderWantsIt() {
        browser.prefers("dark");
        signIn();
        assertThat(brightness()).isLessThan(60);
        browser.screenshot("dark");
        browser.isAccessible("dark");
        browser.click("#new-export");
        browser.see("#preview", "record");
        browser.screenshot("dark-form");
        browser.isAccessible("dark form");
        browser.press(Keys.ESCAPE);

        browser.click("#theme");
        assertThat(brightness()).isGreaterThan(200);
        browser.prefers("light");
        browser.click("#theme");
        assertThat(brightness()).isLessThan(60);
        browser.open(url());
        browser.see("#new-export");
        assertThat(brightness()).isLessThan(60);
    }

    private long brightness() {
        return (Long) browser.script("return Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
    }

    @Test
    void aPhoneShowsAllOfItWithoutScrollingSideways() {
        browser.width(360, 740);
        browser.open(url());
        browser.see("#token");
        browser.screenshot("phone-sign-in");
        fits();
        signIn();
        browser.see(".export, .empty");
        browser.screenshot("phone");
        fits();
        browser.isAccessible("phone");
        browser.click("#new-export");
        browser.see("#preview", "record");
        browser.screenshot("phone-form");
        fits();
        assertThat((Boolean) browser.script(
                        "const all = document.querySelector('dialog'); return all.scrollWidth <= all.clientWidth"))
                .isTrue();
        browser.isAccessible("phone form");
        browser.click("#submit");
        browser.see(".export", "All actions");
        browser.screenshot("phone-running");
        fits();
        browser.click("#bell");
        browser.see("#news");
        fits();
        browser.press(Keys.ESCAPE);
        browser.seeNone("#news");
    }

    private void fits() {
        assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
    }

    @Test
    void allOfItGoesByKeyboardAlone() {
        browser.open(url());
        browser.see("#token");
        browser.press(token(), Keys.ENTER);
        browser.see("#new-export");

        browser.tabTo("#new-export");
        browser.press(Keys.ENTER);
        browser.see("dialog.sheet");
        // the names have the focus at once
        browser.press("b");
        browser.see("#users-list li", "bob");
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        browser.see(".chips", "bob");
        browser.tabTo("#action-search");
        browser.press("USER_LOGIN");
        browser.tabTo(".members input[value=USER_LOGIN]");
        browser.press(Keys.SPACE);
        browser.tabTo("input[name=preset]");
        browser.press(Keys.ARROW_RIGHT, Keys.ARROW_LEFT);
        browser.tabTo("#submit");
        browser.screenshot("keyboard");
        browser.press(Keys.ENTER);
        browser.seeNone("dialog");
        var row = browser.see(".export", "USER_LOGIN · by bob");
        var id = row.getAttribute("data-id");
        browser.see(one(id) + "[data-state=completed]");
        browser.tabTo(one(id) + " [data-action=download]");
        browser.press(Keys.ENTER);
        assertThat(ZipRecords.in(browser.downloaded())).isNotEmpty();

        browser.tabTo(one(id) + " [data-action=delete]");
        browser.press(Keys.ENTER);
        browser.see("dialog.question");
        browser.press(Keys.ESCAPE);
        browser.seeNone("dialog");
        // where it was
        assertThat(browser.script("return document.activeElement.dataset.action"))
                .isEqualTo("delete");
    }

    @Test
    void itSpeaksJapaneseToo() {
        signIn();
        browser.click(".tools select");
        browser.type(".tools select", "日本語", Keys.ENTER);

        browser.see("h1", "エクスポート");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("ja");
        browser.click("#new-export");
        browser.see("#preview", "件");
        browser.screenshot("japanese");
        browser.isAccessible("Japanese");
        // no key that has no text
        assertThat((String) browser.script("return document.body.innerText"))
                .doesNotContainPattern("\\b\\w+\\.\\w+\\.\\w+\\b(?<!ndjson.gz|ndjson.zst)");
    }

    @Test
    void fiveHundredExportsAreStillQuickAndReadable() {
        signIn();
        var id = request("PAGE_VIEW");
        browser.see(one(id) + "[data-state=completed]");
        var model = collection("exportJobs").find(new Document("_id", id)).first();
        collection("exportJobs")
                .insertMany(IntStream.range(1, 500)
                        .mapToObj(n -> new Document(model)
                                .append("_id", new ObjectId().toHexString())
                                .append("clone", true)
                                .append("createdAt", Date.from(Instant.now().minus(Duration.ofMinutes(n)))))
                        .toList());
        try {
            var begun = System.nanoTime();
            browser.open(url());
            browser.see(".export");
            var first = millisSince(begun);
            while (browser.script("return document.getElementById('more').hidden")
                    .equals(false)) {
                var before = browser.count(".export");
                browser.click("#more");
                await().until(() -> browser.count(".export") > before);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d exports: the first page after %d ms, all of them after %d ms; one look at all takes %s ms%n",
                    browser.count(".export"),
                    first,
                    millisSince(begun),
                    browser.script("const begun = performance.now(); document.body.getBoundingClientRect();"
                            + "document.querySelectorAll('.export').forEach((e) => e.getBoundingClientRect());"
                            + "return Math.round(performance.now() - begun)"));
            assertThat(browser.count(".export")).isGreaterThanOrEqualTo(500);
            browser.screenshot("five-hundred");
            browser.isAccessible("five hundred");
        } finally {
            collection("exportJobs").deleteMany(new Document("clone", true));
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    @Test
    void theAddressThatServeShowsFillsInTheTokenAndLeavesItNowhere() {
        browser.open(url() + "/#token=" + token());

        browser.see("#token");
        assertThat(browser.script("return location.href")).isEqualTo(url() + "/");
        browser.press(Keys.ENTER);
        browser.see("#new-export");
        assertThat((String)
                        browser.script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,"
                                + " document.documentElement.outerHTML])"))
                .doesNotContain(token());
        browser.click("#sign-out");
        browser.see("#token");
        browser.open(url());
        browser.see("#token");
    }

    private void signIn() {
        browser.open(url());
        browser.type("#token", Keys.chord(Keys.CONTROL, "a"), token(), Keys.ENTER);
        browser.see("#new-export");
    }

    /**
     * Fills in the form and sends it.
     *
     * @param action empty = all
     */
    private void ask(String action) {
        browser.click("#new-export");
        if (!action.isEmpty()) {
            browser.type("#action-search", action);
            browser.click(".check", action);
        }
        browser.click("#submit");
    }

    /** Returns the export's id, once it is in the list. */
    private String request(String action) {
        ask(action);
        browser.seeNone("dialog");
        WebElement row = browser.see(".export", action.isEmpty() ? "All actions" : action);
        return row.getAttribute("data-id");
    }

    private static String one(String id) {
        return ".export[data-id='" + id + "']";
    }

    private static int generationOf(String id) {
        return collection("exportJobs").find(new Document("_id", id)).first().getInteger("gen");
    }

    private static long epochOf(String id) {
        return ((Number) collection("exportJobs")
                        .find(new Document("_id", id))
                        .first()
                        .get("epoch"))
                .longValue();
    }

    private static ObjectId idOf(String user) {
        return collection("users").find(new Document("username", user)).first().getObjectId("_id");
    }

    private static MongoCollection<Document> collection(String name) {
        return mongo.getDatabase("baler").getCollection(name);
    }

    private static String url() {
        return server.connection().path("url").stringValue();
    }

    private static String token() {
        return server.connection().path("token").stringValue();
    }
}
