package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, 1.2, nginx:1.2",
        "nginx:1.1, 1.2, nginx:1.2",
        "localhost:5000/nginx, 1.2, localhost:5000/nginx:1.2",
        "registry:5000/a/b:v1.20.0-p1@sha256:abc, 1.2, registry:5000/a/b:1.2",
        "a/b@sha256:abc, 1.2, a/b:1.2",
        "a/b:1.1, sha256:def, a/b@sha256:def",
        "a/b:1.1, 1.2@sha256:def, a/b:1.2@sha256:def"
    })
    void shouldKeepTheRepositoryWhenTheTagIsSet(String before, String tag, String after) {
        assertThat(ImageReference.parse(before).with(tag)).hasToString(after);
    }

    @ParameterizedTest
    @CsvSource({
        "polyaxon/polyaxon-api:1.0, polyaxon/, true",
        "docker.io/polyaxon/polyaxon-api:1.0, polyaxon/, true",
        "polyaxon/polyaxon-api:1.0, docker.io/polyaxon/, true",
        "docker.io/library/nginx, nginx, true",
        "registry:5000/polyaxon/polyaxon-api:1.0, polyaxon/, false",
        "registry:5000/polyaxon/polyaxon-api:1.0, registry:5000/polyaxon, true"
    })
    void shouldTellWhetherItIsInARepositoryWhenAsked(String image, String prefix, boolean expected) {
        assertThat(ImageReference.parse(image).isIn(prefix)).isEqualTo(expected);
    }
}
