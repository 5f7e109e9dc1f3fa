package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.FakeContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProveActionTest extends RestorePointTestBase {
    private FakeContext proving;
    private String scratch;

    @BeforeEach
    void backUp() throws IOException {
        proving = step("prove", 10);
        scratch = "upstep_proof_" + plan() + "_before";
        postgres.run("shop", FingerprintReaderTest.resource("fingerprint-example.sql"));
        run(backup, older, with());
    }

    @Test
    void shouldRestoreEverythingAndSaySoWhenTheBackupIsWhole() {
        Outcome.Succeeded outcome = run(prove, proving, with());

        assertThat(outcome.summary()).contains("11 tables are as they were");
        assertThat(postgres.number(scratch, "select count(*) from many")).isEqualTo(1500);
        Note proof = Note.of(configMap().getData().get(RestorePoints.PROOF));
        assertThat(proof.text("database")).isEqualTo(scratch);
        assertThat(proof.text("host")).isEqualTo("localhost");
        assertThat(proof.number("port")).isEqualTo(postgres.port());
        assertThat(proof.text("provenAt")).isNotEmpty();
        assertThat(proving.told()).anyMatch(line -> line.matches("restored \\d+ of \\d+ items"));
        assertThat(outcome + configMap().toString() + proving.told()).doesNotContain(TestPostgres.PASSWORD);
    }

    @Test
    void shouldNotDoItTwiceWhenAnEarlierAttemptCouldNotTell() {
        run(prove, proving, with());

        assertThat(run(prove, proving.next(), with()).summary()).startsWith("proven by an earlier attempt");
        assertThat(run(prove, proving.next().next().anew(), with()).summary()).startsWith("restored into");
        assertThat(run(dropScratch, proving.next().next().next(), with()).summary())
                .startsWith("dropped");
        assertThat(postgres.exists(scratch)).isFalse();
        assertThat(run(dropScratch, proving.next().next().next(), with()).summary())
                .startsWith("there is no");
    }

    @Test
    void shouldRefuseWhenAByteOfTheFileIsAnother() throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);

        assertThat(failure(prove, proving, with()).code()).isEqualTo("backup-damaged");
        assertUnproven();
    }

    @Test
    void shouldRefuseWhenTheFileIsCutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length - 1));

        assertThat(failure(prove, proving, with()))
                .hasMessageContaining("to have " + bytes.length + " bytes")
                .extracting(ActionException::code)
                .isEqualTo("backup-damaged");
    }

    @Test
    void shouldSayWhereItWasWrittenWhenTheFileIsNotThere() throws IOException {
        Files.delete(file());

        assertThat(failure(prove, proving, with()))
                .hasMessageContaining("upstep.executor.restore-points-dir")
                .extracting(ActionException::code)
                .isEqualTo("backup-missing");
    }

    @Test
    void shouldRefuseWhatIsNoArchiveWhenItsChecksumIsRight() throws IOException {
        Files.writeString(file(), "no archive");
        pretend(point());

        assertThat(failure(prove, proving, with()).code()).isEqualTo("backup-damaged");
        assertUnproven();
    }

    @Test
    void shouldNameTheTablesWhenTheBackupHasNotAllThatWasThere() throws IOException {
        RestorePoint whole = point();
        postgres.run("shop", "delete from many where n = 7; truncate customer");
        FakeContext other = step("step-2", 2);
        run(backup, other, with().replace("name: before", "name: after"));
        Files.copy(fileOf("after", other), file(), StandardCopyOption.REPLACE_EXISTING);
        pretend(whole);

        assertThat(failure(prove, proving, with()))
                .hasMessageContaining("table public.many: 1500 rows became 1499")
                .hasMessageContaining("public.customer: 3 rows became 0")
                .extracting(ActionException::code)
                .isEqualTo("backup-differs");
        assertUnproven();
    }

    @Test
    void shouldSayWhatTheServerRefusedWhenItCannotBeRestored() {
        postgres.run(
                "create role outsider login superuser; alter role outsider set default_transaction_read_only = on");
        TestPostgres.login(cluster, "outsider-" + plan(), "outsider");
        String as = with().replace("name: login", "name: outsider-" + plan());

        ActionException failed = failure(prove, proving, as);
        postgres.run("drop owned by outsider; drop role outsider");
        assertThat(failed).hasMessageContaining("read-only");
        assertUnproven();
    }

    @Test
    void shouldSayWhichWhenTheServerLacksAnExtension() {
        RestorePoint point = point();
        RestorePoint.Traits traits = point.meta().traits();
        RestorePoint.Meta meta = point.meta();
        Map<String, String> extensions = new TreeMap<>(traits.extensions());
        extensions.put("nowhere", "1.0");
        write(new RestorePoint(
                new RestorePoint.Meta(
                        meta.format(),
                        meta.database(),
                        meta.serverVersion(),
                        meta.takenAt(),
                        meta.sha256(),
                        meta.bytes(),
                        meta.location(),
                        null,
                        new RestorePoint.Traits(
                                traits.encoding(), "xx_XX.none", "C", traits.owner(), traits.roles(), extensions, 15)),
                point.fingerprint()));

        assertThat(failure(prove, proving, with()))
                .hasMessageContaining("nowhere")
                .extracting(ActionException::code)
                .isEqualTo("extension-missing");
    }

    @Test
    void shouldTouchNobodyElsesDatabaseWhenItIsCalledAsTheScratchIsToBe() {
        String named = with().replace("{name: before", "{database: shop, name: before");

        assertThat(failure(prove, proving, named).code()).isEqualTo("name-taken");
        assertThat(failure(dropScratch, proving, named).code()).isEqualTo("name-taken");
        assertThat(postgres.number("shop", "select count(*) from many")).isEqualTo(1500);
    }

    @Test
    void shouldTouchNobodyElsesDatabaseWhenItIsCalledAsTheScratchWithANumber() {
        postgres.run("create database tried_2026");
        String named = with().replace("{name: before", "{database: tried, name: before");

        run(prove, proving, named);
        assertThat(postgres.number("tried", "select count(*) from many")).isEqualTo(1500);
        run(dropScratch, proving.next(), named);
        assertThat(postgres.exists("tried")).isFalse();
        assertThat(postgres.exists("tried_2026")).isTrue();
        drop("tried_2026");
    }

    @Test
    void shouldChangeNothingMoreWhenItWakesUpAfterANewerHasDoneIt() {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        int[] looks = new int[1];
        proving.beforeWrite(() -> {
            if (postgres.exists(scratch + "_" + proving.attempt().epoch()) && ++looks[0] == 3) {
                paused.countDown();
                sleepUntil(awake);
            }
        });
        CompletableFuture<Outcome> past = CompletableFuture.supplyAsync(() -> run(prove, proving, with()));
        await().atMost(Duration.ofSeconds(20)).until(() -> paused.getCount() == 0 || past.isDone());
        FakeContext next = proving.next();
        run(prove, next, with());
        String proof = configMap().getData().get(RestorePoints.PROOF);
        awake.countDown();

        assertThatThrownBy(past::join).hasCauseInstanceOf(ActionException.class);
        assertThat(configMap().getData()).containsEntry(RestorePoints.PROOF, proof);
        assertThat(postgres.number(scratch, "select count(*) from many")).isEqualTo(1500);
        assertThat(postgres.exists(scratch + "_" + proving.attempt().epoch())).isFalse();
    }

    private static void sleepUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RestorePoint point() {
        return new RestorePoints("before", older).get();
    }

    /** As if this had been taken, with the file that is there now. */
    private void pretend(RestorePoint taken) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        Hashing hashing = new Hashing(OutputStream.nullOutputStream());
        hashing.copy(new ByteArrayInputStream(bytes), () -> {});
        RestorePoint.Meta meta = taken.meta();
        write(new RestorePoint(
                new RestorePoint.Meta(
                        meta.format(),
                        meta.database(),
                        meta.serverVersion(),
                        meta.takenAt(),
                        hashing.sha256(),
                        bytes.length,
                        meta.location(),
                        null,
                        meta.traits()),
                taken.fingerprint()));
    }

    private void write(RestorePoint point) {
        new RestorePoints("before", step("pretended", 5)).put(point);
    }

    private void assertUnproven() {
        assertThat(configMap().getData()).doesNotContainKey(RestorePoints.PROOF);
        assertThat(postgres.exists(scratch)).isFalse();
    }
}
