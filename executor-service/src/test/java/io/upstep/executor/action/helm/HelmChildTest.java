package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HelmChildTest {
    private final HelmLibrary library = new HelmLibrary();

    @Test
    void shouldEndWithItsExecutorAlthoughTheApiServerIsSilent() throws IOException, InterruptedException {
        WorkPlace work = new WorkPlace();
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Path kubeconfig =
                    work.file("kubeconfig", kubeconfig(silent.getLocalPort()).getBytes());
            HelmProcess helm = new HelmProcess(library, null, said -> said);
            Process process = helm.start(work.directory());
            helm.send(
                    process,
                    Map.of(
                            "operation",
                            "uninstall",
                            "release",
                            "web",
                            "namespace",
                            "web",
                            "work",
                            work.directory().toString(),
                            "library",
                            library.file().toString(),
                            "kubeconfig",
                            kubeconfig.toString()));
            // It asks, and is not answered.
            silent.accept();
            assertThat(process.isAlive()).isTrue();
            assertThat(whatOthersSee(process)).doesNotContain("hunter-two").contains("KUBECONFIG=" + work.directory());

            process.getOutputStream().close();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
            assertThat(work.directory()).doesNotExist();
        }
    }

    /** Its arguments and its environment, of which nothing is handed down. */
    private static String whatOthersSee(Process process) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        String environment = Files.readString(proc.resolve("environ"));
        assertThat(environment.split("\0")).hasSize(5);
        return environment + Files.readString(proc.resolve("cmdline"));
    }

    private static String kubeconfig(int port) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: door, cluster: {server: "http://127.0.0.1:%d/hunter-two"}}]
                users: [{name: helm, user: {}}]
                contexts: [{name: door, context: {cluster: door, user: helm}}]
                current-context: door
                """.formatted(port);
    }
}
