package io.upstep.executor.action.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import java.util.List;

/** Values as a document: a Secret's text as it stands there, with its comments, or what Helm knows as YAML. */
public final class ValuesText {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private ValuesText() {}

    public static String of(ValuesRef ref, StepContext context, FencedObjects objects) {
        if (ref.secret() != null && ref.set() == null) {
            return Values.text(ref, context, objects);
        }
        try {
            return YAML.writeValueAsString(
                    Values.merged(List.of(ref), context, objects, new Releases(context, objects, null)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
