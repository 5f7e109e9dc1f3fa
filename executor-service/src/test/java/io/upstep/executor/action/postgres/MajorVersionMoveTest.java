package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of PostgreSQL 11 goes to another server, of PostgreSQL 15. */
class MajorVersionMoveTest extends RestorePointTestBase {
    @TempDir
    static Path elsewhere;

    private static TestPostgres old;

    @BeforeAll
    static void startOld() {
        old = new TestPostgres(elsewhere, cluster, MajorVersionMoveTest::binaries);
    }

    @AfterAll
    static void stopOld() {
        old.close();
    }

    private static InputStream binaries(String system, String machine) throws IOException {
        URL archive = new URL("jar:" + Path.of("target/older-postgres.jar").toUri() + "!/postgres-linux-x86_64.txz");
        return archive.openStream();
    }

    @Test
    void shouldBeTheSameOnTheNewServerWhenItIsProvenOnBothAndRestored() throws IOException {
        old.run("create database shop");
        old.run("shop", FingerprintReaderTest.resource("fingerprint-example.sql"));
        postgres.run("shop", "create table made_by_the_chart (n int)");
        String there = "{name: before, connection: " + old.connection("shop") + "}";
        String scratch = there.replace("{name: before", "{name: before, scratch: " + postgres.connection("shop"));

        Outcome.Succeeded taken = run(backup, older, there);
        Outcome.Succeeded provenThere = run(prove, step("prove-there", 10), there);
        Outcome.Succeeded provenHere = run(prove, step("prove-here", 20), scratch);
        Outcome.Succeeded restored = run(restore, step("restore", 30), with());

        assertThat(taken.details().path("serverVersion").asText()).startsWith("11.");
        assertThat(provenThere.details().path("notes")).isEmpty();
        assertThat(provenHere.details().path("notes")).isEmpty();
        assertThat(restored.details().path("notes")).isEmpty();
        assertThat(postgres.number("shop", "select count(*) from many")).isEqualTo(1500);
        assertThat(postgres.number("shop", "select count(*) from pg_largeobject_metadata"))
                .isEqualTo(3);
        assertThat(postgres.number("shop_before_restore_" + plan(), "select count(*) from made_by_the_chart"))
                .isZero();
        assertThat(old.number("shop", "select count(*) from many")).isEqualTo(1500);
    }
}
