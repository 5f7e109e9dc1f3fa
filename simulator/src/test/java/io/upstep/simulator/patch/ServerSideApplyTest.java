package io.upstep.simulator.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldRemoveAnElementWhenItsManagerNoLongerAppliesIt() throws JsonProcessingException {
        ObjectNode both = json("""
                {"spec": {"containers": [{"name": "a", "image": "1"}, {"name": "b", "image": "1"}]}}""");
        ObjectNode one = json("""
                {"spec": {"containers": [{"name": "a", "image": "1"}]}}""");

        assertThat(applied(both, one)).isEqualTo(one);
    }

    @Test
    void shouldKeepWhatOthersAddedToAnElement() throws JsonProcessingException {
        ObjectNode mine = json("""
                {"spec": {"containers": [{"name": "a", "image": "1", "tty": true}]}}""");
        ObjectNode live = json("""
                {"spec": {"containers": [{"name": "a", "image": "1", "tty": true, "workingDir": "/"}]}}""");
        ManagedFields managers = ManagedFields.of(live);
        managers.applied("me", mine, JSON.createObjectNode(), "v1", "now");
        ObjectNode next = json("""
                {"spec": {"containers": [{"name": "a", "image": "2"}]}}""");

        assertThat(ServerSideApply.apply(live, next, managers, "me")).isEqualTo(json("""
                {"spec": {"containers": [{"name": "a", "image": "2", "workingDir": "/"}]}}"""));
    }

    @Test
    void shouldTellPortsApartByNumberAndProtocol() throws JsonProcessingException {
        ObjectNode live = json("""
                {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP", "name": "old"}]}""");
        ObjectNode next = json("""
                {"ports": [{"port": 53, "name": "new"}]}""");

        assertThat(ServerSideApply.apply(live, next, ManagedFields.of(live), "me"))
                .isEqualTo(json("""
                {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP", "name": "new"}]}"""));
    }

    private static ObjectNode applied(ObjectNode first, ObjectNode second) {
        ManagedFields managers = ManagedFields.of(first);
        managers.applied("me", first, JSON.createObjectNode(), "v1", "now");
        return ServerSideApply.apply(first.deepCopy(), second, managers, "me");
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text);
    }
}
