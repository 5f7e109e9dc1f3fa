package io.upstep.executor.action.pachyderm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.simulator.servers.FakePachd;
import io.upstep.simulator.servers.PachydermEtcd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExtractActionTest extends PachydermTestBase {
    private ExtractAction extract;
    private RestoreAction restore;

    @Test
    void shouldKeepEverythingAndSayWhatItIs() {
        Outcome.Succeeded kept = run(extract(), first, with(pachd));

        // The second pipeline is stopped, and so its repo cannot be told from one of input.
        assertThat(kept.details().path("ops").toString())
                .contains("\"repo\":3", "\"pipeline\":2", "\"commit\":6", "\"branch\":2");
        assertThat(kept.details().path("opVersion").asText()).isEqualTo("1.7");
        assertThat(kept.details().path("version").asText()).isEqualTo("1.7.11");
        assertThat(Path.of(kept.details().path("file").asText())).isNotEmptyFile();
        assertThat(note("before"))
                .contains("\"edges-1\"", kept.details().path("sha256").asText());
    }

    @Test
    void shouldRestoreIntoANewerOneAndCompare() {
        run(extract(), first, with(pachd));
        PachydermEtcd fresh = new PachydermEtcd();
        try (FakePachd newer = FakePachd.start(fresh, "1.8.8")) {
            Outcome.Succeeded restored = run(restore(), first, with(newer));

            assertThat(restored.summary()).startsWith("pachd 1.8.8 has all repos");
            assertThat(fresh.repoNames()).isEqualTo(etcd.repoNames());
            assertThat(fresh.commits("images-1")).isEqualTo(etcd.commits("images-1"));
            assertThat(run(restore(), first.next(), with(newer)).summary()).isEqualTo(restored.summary());
        }
    }

    @Test
    void shouldNotRestoreOnTopOfWhatACutOffRestoreHasLeft() {
        run(extract(), first, with(pachd));
        try (FakePachd newer = FakePachd.start(new PachydermEtcd(), "1.8.8").failsRestoreAfter(7)) {
            ActionException failed = failure(restore(), first, with(newer));
            assertThat(failed.code()).isEqualTo("pachd-refused");
            assertThat(failed).hasMessageContaining("parent commit has not been finished");

            ActionException again = failure(restore(), first.next(), with(newer));
            assertThat(again.code()).isEqualTo("not-empty");
            assertThat(again).hasMessageContaining("cut off").hasMessageContaining("delete the claims of the new etcd");
        }
    }

    @Test
    void shouldTellTheServersReasonWhenTheVersionCannotRestore() {
        run(extract(), first, with(pachd));
        try (FakePachd newer = FakePachd.start(new PachydermEtcd(), "1.8.2")) {
            assertThat(failure(restore(), first, with(newer))).hasMessageContaining("unsupported version");
        }
    }

    @Test
    void shouldNotGoOnFillingItWhenTheAttemptMayNotGoOn() throws InterruptedException {
        run(extract(), first, with(pachd));
        CountDownLatch begun = new CountDownLatch(1);
        FakeContext outrun = first.next();
        try (FakePachd newer = FakePachd.start(new PachydermEtcd(), "1.8.8").between(() -> {
            begun.countDown();
            outrun.stop();
        })) {
            assertThatThrownBy(() -> run(restore(), outrun, with(newer))).isInstanceOf(StoppedException.class);
            assertThat(begun.getCount()).isZero();
        }
    }

    @Test
    void shouldNotTakeItAgainWhenItIsThereAndWhole() throws IOException {
        Outcome.Succeeded kept = run(extract(), first, with(pachd));
        assertThat(run(extract(), first.next(), with(pachd)).summary()).startsWith("kept already");

        Path file = Path.of(kept.details().path("file").asText());
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(failure(extract(), first.next(), with(pachd)).code()).isEqualTo("extract-damaged");
        Files.delete(file);
        assertThat(failure(extract(), first.next(), with(pachd)).code()).isEqualTo("extract-missing");
    }

    @Test
    void shouldTakeItAnewWhenItWasCutOffInTheMiddle() {
        pachd.between(() -> first.stop());
        assertThatThrownBy(() -> run(extract(), first, with(pachd))).isInstanceOf(StoppedException.class);

        pachd.between(() -> {});
        assertThat(run(extract(), first.next(), with(pachd)).summary()).startsWith("kept an extract");
    }

    @Test
    void shouldHaveTheDataThemselvesWhenTheyAreAskedFor() {
        assertThat(run(extract(), first, with(pachd) + "\nobjects: true")
                        .details()
                        .at("/ops/object")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseWhenThereIsNothingToKeepOrPachdIsTooOld() {
        try (FakePachd empty = FakePachd.start(new PachydermEtcd(), "1.7.11");
                FakePachd old = FakePachd.start(PachydermEtcd.filled(1), "1.6.9")) {
            assertThat(failure(extract(), first, with(empty)).code()).isEqualTo("extract-empty");
            assertThat(failure(extract(), first, with(old)).code()).isEqualTo("pachd-too-old");
        }
    }

    private ExtractAction extract() {
        extract = extract == null ? new ExtractAction(config, routes) : extract;
        return extract;
    }

    private RestoreAction restore() {
        restore = restore == null ? new RestoreAction(config, routes) : restore;
        return restore;
    }

    private static String with(FakePachd server) {
        return at(server) + "\nname: before";
    }
}
