package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.baler.local.MongoServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class JobSummariesTest {
    private static final Engine ENGINE = new Engine("e", "d", 6, 10, 100, 1000, null);
    private static final Instant NOON = Instant.parse("2023-01-01T12:00:00Z");

    private static final List<BsonDocument> finds = new CopyOnWriteArrayList<>();
    private static MongoServer server;
    private static MongoClient client;

    private MongoTemplate mongo;
    private JobStore jobs;
    private JobSummaries summaries;

    @BeforeAll
    static void start() {
        server = MongoServer.inMemory(0);
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (event.getCommandName().equals("find")) {
                            finds.add(event.getCommand().clone());
                        }
                    }
                })
                .build());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void freshDatabase() {
        mongo = JobDatabase.open(client, "summaries" + new ObjectId());
        jobs = new JobStore(mongo);
        summaries = new JobSummaries(mongo);
    }

    @Test
    void pagesTogetherShowEveryJobOnceNewestFirst() {
        // three at the same millisecond each
        var all = IntStream.range(0, 20)
                .mapToObj(n -> create("ann", NOON.plusMillis(n / 3)))
                .toList();
        create("bob", NOON);

        var paged = pages(search("ann", 4));

        assertThat(paged).hasSize(20).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
        assertThat(paged)
                .isEqualTo(summaries.page(search("ann", 100)).jobs().stream()
                        .map(JobSummary::id)
                        .toList());
    }

    @Test
    void aListThatChangesMeanwhileShowsNoJobTwiceAndLeavesNoneOutThatStays() {
        var all = new ArrayList<>(IntStream.range(0, 9)
                .mapToObj(n -> create("ann", NOON.minusMillis(n)))
                .toList());
        var first = summaries.page(search("ann", 3));

        create("ann", NOON.plusMillis(1));
        delete(all.get(0));
        // the one that the next page is counted from
        delete(all.get(2));
        delete(all.get(4));
        var rest = pages(new JobSearch("ann", Set.of(), null, null, first.next(), 3));

        assertThat(first.jobs()).extracting(JobSummary::id).isEqualTo(all.subList(0, 3));
        assertThat(rest).containsExactly(all.get(3), all.get(5), all.get(6), all.get(7), all.get(8));
    }

    @Test
    void everybodysJobsAreOneListInTheSameOrder() {
        var first = create("ann", NOON);
        var second = create("bob", NOON.plusSeconds(1));
        var third = create("ann", NOON.plusSeconds(2));
        jobs.cancel(first);

        assertThat(pages(new JobSearch(null, Set.of(), null, null, null, 2))).containsExactly(third, second, first);
        assertThat(summaries
                        .page(new JobSearch(null, Set.of(JobStatus.QUEUED), null, null, null, 9))
                        .jobs())
                .extracting(JobSummary::id)
                .containsExactly(third, second);
    }

    @Test
    void thereIsNoNextPageWhereTheListEndsWithOne() {
        create("ann", NOON);
        create("ann", NOON);

        assertThat(summaries.page(search("ann", 2)).next()).isNull();
        assertThat(summaries.page(search("ann", 1)).next()).isNotNull();
        assertThat(summaries.page(search("nobody", 1))).isEqualTo(JobPage.EMPTY);
    }

    @Test
    void statusesAndTimesRestrictTheList() {
        var early = create("ann", NOON);
        var late = create("ann", NOON.plusSeconds(1));
        jobs.cancel(late);

        assertThat(listed(Set.of(JobStatus.QUEUED), null, null)).containsExactly(early);
        assertThat(listed(Set.of(JobStatus.QUEUED, JobStatus.CANCELLED), null, null))
                .containsExactly(late, early);
        assertThat(listed(Set.of(), NOON.plusMillis(1), null)).containsExactly(late);
        assertThat(listed(Set.of(), NOON, NOON)).containsExactly(early);
        assertThat(listed(Set.of(), null, NOON.minusMillis(1))).isEmpty();
    }

    /** The embedded server has no explain; what is asked is what the indexes are made for. */
    @Test
    void aPageIsReadFromItsPlaceOnWithoutWhatGrowsWithAnExport() {
        var id = create("ann", NOON);
        var at = new JobSearch.Position(NOON.plusSeconds(5), id);
        finds.clear();

        summaries.page(new JobSearch("ann", Set.of(JobStatus.FAILED), NOON, NOON.plusSeconds(9), at, 50));

        assertThat(finds).singleElement().satisfies(find -> {
            assertThat(find.getDocument("filter")).isEqualTo(BsonDocument.parse("""
                    {"$and": [
                      {"requestedBy": "ann"},
                      {"status": {"$in": ["failed"]}},
                      {"createdAt": {"$gte": {"$date": "2023-01-01T12:00:00Z"}}},
                      {"createdAt": {"$lt": {"$date": "2023-01-01T12:00:05.001Z"}}},
                      {"$or": [{"createdAt": {"$lt": {"$date": "2023-01-01T12:00:05Z"}}}, {"_id": {"$lt": "%s"}}]}]}
                    """.formatted(id)));
            assertThat(find.getDocument("sort")).isEqualTo(BsonDocument.parse("{'createdAt': -1, '_id': -1}"));
            assertThat(find.getNumber("limit").intValue()).isEqualTo(51);
            assertThat(find.getDocument("projection").keySet())
                    .contains("checkpoint.totalExportedCount", "manifest.sha256")
                    .doesNotContain("checkpoint", "checkpoint.parts", "garbage", "manifest", "manifest.text");
        });
    }

    @Test
    void aSummarySaysOfAJobWhatTheJobItselfDoes() {
        var claim = jobs.claim(create("ann", NOON), "w", Duration.ofSeconds(10)).orElseThrow();
        claim = jobs.linkToChain(jobs.fixResultSet(claim, new Bounds(new BsonInt32(7)), 9L, ENGINE));
        jobs.renew(claim, 4);

        var job = jobs.find(claim.jobId()).orElseThrow();

        assertThat(summaries.find(job.id())).contains(job.summary());
        assertThat(job.summary().progress()).isEqualTo(4);
        assertThat(summaries.find(List.of(job.id(), "not there"))).containsExactly(job.summary());
    }

    private List<String> listed(Set<JobStatus> statuses, Instant from, Instant to) {
        return summaries.page(new JobSearch("ann", statuses, from, to, null, 10)).jobs().stream()
                .map(JobSummary::id)
                .toList();
    }

    private List<String> pages(JobSearch search) {
        var shown = new ArrayList<String>();
        var page = summaries.page(search);
        while (true) {
            page.jobs().forEach(job -> shown.add(job.id()));
            if (page.next() == null) {
                return shown;
            }
            page = summaries.page(new JobSearch(
                    search.requestedBy(), search.statuses(), search.from(), search.to(), page.next(), search.limit()));
        }
    }

    private static JobSearch search(String requester, int limit) {
        return new JobSearch(requester, Set.of(), null, null, null, limit);
    }

    private void delete(String id) {
        jobs.cancel(id);
        assertThat(jobs.delete(id)).isInstanceOf(Change.Changed.class);
    }

    private String create(String requester, Instant createdAt) {
        var id = new ObjectId().toHexString();
        jobs.create(new NewJob(
                id,
                requester,
                LogFilters.NONE,
                new Selection(null, "logs", "activities", "user", "action", "createdAt"),
                "hash of " + id,
                ArchiveFormat.JSON,
                null));
        mongo.getCollection(ExportJob.COLLECTION)
                .updateOne(
                        new Document("_id", id), new Document("$set", new Document("createdAt", Date.from(createdAt))));
        return id;
    }
}
