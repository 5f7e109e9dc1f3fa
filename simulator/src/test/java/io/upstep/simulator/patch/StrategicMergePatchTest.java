package io.upstep.simulator.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null removes          | {"a": 1, "b": 2}          | {"a": null}                          | {"b": 2}
            objects merge         | {"o": {"a": 1}}           | {"o": {"b": 2}}                      | {"o": {"a": 1, "b": 2}}
            replace directive     | {"o": {"a": 1}}           | {"o": {"$patch": "replace", "b": 2}} | {"o": {"b": 2}}
            delete directive      | {"o": {"a": 1}, "b": 2}   | {"o": {"$patch": "delete"}}          | {"b": 2}
            retained keys         | {"s": {"t": "x", "r": 1}} | {"s": {"$retainKeys": ["t"], "t": "y"}} | {"s": {"t": "y"}}
            plain lists replace   | {"args": [1, 2]}          | {"args": [3]}                        | {"args": [3]}
            named lists merge     | {"env": [{"name": "a", "value": "1"}]} | {"env": [{"name": "b", "value": "2"}]} | {"env": [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}]}
            mounts go by path     | {"volumeMounts": [{"mountPath": "/a", "name": "x"}]} | {"volumeMounts": [{"mountPath": "/a", "name": "y"}]} | {"volumeMounts": [{"mountPath": "/a", "name": "y"}]}
            named elements go     | {"env": [{"name": "a"}, {"name": "b"}]} | {"env": [{"name": "a", "$patch": "delete"}]} | {"env": [{"name": "b"}]}
            order is no change    | {"env": [{"name": "a"}]}  | {"$setElementOrder/env": [{"name": "a"}]} | {"env": [{"name": "a"}]}
            finalizers add up     | {"finalizers": ["a"]}     | {"finalizers": ["b"]}                | {"finalizers": ["a", "b"]}
            finalizers go         | {"finalizers": ["a", "b"]} | {"$deleteFromPrimitiveList/finalizers": ["a"]} | {"finalizers": ["b"]}
            """)
    void shouldMergeAsTheApiServerDoes(String rule, String target, String patch, String merged)
            throws JsonProcessingException {
        assertThat(StrategicMergePatch.apply((ObjectNode) JSON.readTree(target), JSON.readTree(patch)))
                .isEqualTo(JSON.readTree(merged));
    }
}
