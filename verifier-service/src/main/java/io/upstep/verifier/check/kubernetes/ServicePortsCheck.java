package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeSet;

/** Whether a Service has exactly these ports, no more. */
@ApplicationScoped
public class ServicePortsCheck implements Check<ServicePortsCheck.With> {

    public record With(String name, List<Integer> ports) {
        public With {
            if (name == null || name.isBlank() || ports == null || ports.isEmpty()) {
                throw new IllegalArgumentException("expected the Service's 'name' and its 'ports'");
            }
            ports = List.copyOf(new TreeSet<>(ports));
        }
    }

    @Override
    public String name() {
        return "kubernetes.service-ports";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Target target = new Target("Service", null, with.name(), null);
        String expected = "the ports " + with.ports();
        return target.find(context).stream()
                .findFirst()
                .map(service -> {
                    List<Integer> found = service.each("/spec/ports").stream()
                            .map(port -> port.path("port").asInt())
                            .distinct()
                            .sorted()
                            .toList();
                    return List.of(context.judged(
                            found.equals(with.ports()), target.toString(), expected, "the ports " + found));
                })
                .orElseGet(() -> List.of(context.failed(target.toString(), expected, "no such Service")));
    }
}
