package io.upstep.standalone;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs what a Job's container is told to run, as a process, on the directories that the pod has mounted. */
final class ClearmlJobs {
    private final ClearmlDisk disk;

    ClearmlJobs(ClearmlDisk disk) {
        this.disk = disk;
    }

    static boolean isJob(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && pod.getMetadata().getLabels().containsKey("job-name");
    }

    void run(Pod pod) throws IOException, InterruptedException {
        Container container = pod.getSpec().getContainers().get(0);
        Path output = Files.createTempFile("job", ".log");
        Path lastWords = Files.createTempFile("job", ".said");
        List<String> command = new ArrayList<>(container.getCommand());
        command.addAll(container.getArgs());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        for (EnvVar variable : container.getEnv()) {
            String value = value(variable, pod);
            builder.environment()
                    .put(
                            variable.getName(),
                            value.equals("/dev/termination-log") ? lastWords.toString() : disk.real(pod, value));
        }
        Process process = builder.start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said(lastWords, output));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String said(Path lastWords, Path output) throws IOException {
        String said = Files.readString(lastWords).strip();
        return said.isEmpty() ? "(nothing said; its log: " + Files.readString(output) + ")" : said;
    }

    private static String value(EnvVar variable, Pod pod) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        String label =
                variable.getValueFrom().getFieldRef().getFieldPath().replaceAll("metadata[.]labels\\['(.*)'\\]", "$1");
        return pod.getMetadata().getLabels().get(label);
    }
}
