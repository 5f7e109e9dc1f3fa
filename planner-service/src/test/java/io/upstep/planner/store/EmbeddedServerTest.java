package io.upstep.planner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.planner.plan.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    private static final String WRONG_PASSWORD = "28P01";

    @TempDir
    Path directory;

    private StoreConfig config() {
        return TestServer.embedded(directory.resolve("postgres"));
    }

    @Test
    void shouldStillHaveThePlanWhenStartedAgainAndWriteToDiskBeforeItSaysSo() {
        Plan plan;
        try (Planner planner = new Planner(config())) {
            plan = planner.running("a");
            assertThat(setting(planner, "fsync")).isEqualTo("on");
            assertThat(setting(planner, "synchronous_commit")).isEqualTo("on");
        }

        try (Planner planner = new Planner(config())) {
            assertThat(planner.plans.find(plan.id())).contains(plan);
        }
    }

    @Test
    void shouldRefuseStrangersAndKeepThePasswordToItselfWhenItRuns() throws IOException {
        try (Planner planner = new Planner(config())) {
            assertThat(refusal(planner, "")).isEqualTo("08004");
            assertThat(refusal(planner, "guessed")).isEqualTo(WRONG_PASSWORD);
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldSetAPasswordAndKeepThePlansWhenTheDataWasMadeWithoutOneOrItWasLost() throws IOException {
        Plan plan;
        try (Planner planner = new Planner(config())) {
            plan = planner.running("a");
        }
        String before = Files.readString(passwordFile());
        Files.delete(passwordFile());

        try (Planner planner = new Planner(config())) {
            assertThat(planner.plans.find(plan.id())).contains(plan);
            assertThat(refusal(planner, before.strip())).isEqualTo(WRONG_PASSWORD);
        }
        assertThat(Files.readString(passwordFile())).isNotEqualTo(before);
    }

    private Path passwordFile() {
        return directory.resolve("postgres.password");
    }

    /** The SQL state with which a stranger is turned away; null if he is let in. */
    private static String refusal(Planner planner, String password) {
        String url = "jdbc:postgresql://127.0.0.1:" + setting(planner, "port") + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
            return null;
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void shouldSayWhatToDoWhenAnotherPlannerHasTheDirectory() {
        try (Planner planner = new Planner(config())) {
            assertThat(planner.plans.lastPosition()).isZero();

            assertThatThrownBy(() -> new Planner(config()))
                    .hasMessageContaining("another one uses it")
                    .hasMessageContaining("UPSTEP_DATA_DIR");
        }
    }

    @Test
    void shouldStartAnewWhenTheFirstStartWasKilledHalfWay() throws IOException {
        Path data = Files.createDirectories(directory.resolve("postgres"));
        Files.writeString(data.resolve("postgresql.conf"), "half");

        try (Planner planner = new Planner(config())) {
            assertThat(planner.plans.lastPosition()).isZero();
        }
    }

    @Test
    void shouldTakeOverWithNothingLostWhenThePlannerBeforeWasKilled() throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.resolve("postgres").toString()))
                .redirectErrorStream(true)
                .start();
        String planId = idPrintedBy(victim);
        victim.destroyForcibly().waitFor();

        try (Planner planner = new Planner(config())) {
            assertThat(planner.plans.find(planId)).isPresent();
            assertThat(planner.outbox()).isEqualTo(2);
        }
    }

    private static String idPrintedBy(Process process) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(Victim.PREFIX)) {
                return line.substring(Victim.PREFIX.length());
            }
            output.append(line).append('\n');
        }
        throw new IllegalStateException("the process ended without a plan: " + output);
    }

    private static String setting(Planner planner, String name) {
        return planner.database.transact(
                connection -> Sql.query(connection, "select current_setting(?)", row -> row.getString(1), name)
                        .get(0));
    }

    /** A planner in a process of its own, which makes a plan and waits to be killed. */
    static final class Victim {
        static final String PREFIX = "plan=";

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            Planner planner = new Planner(TestServer.embedded(Path.of(arguments[0])));
            System.out.println(PREFIX + planner.running("a").id());
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }
}
