package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecipeFileTest {

    @Test
    void shouldHaveTheSameDigestWhenTheTextIsTheSame() {
        assertThat(file("hello").digest())
                .isEqualTo("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
                .isEqualTo(file("hello").digest())
                .isNotEqualTo(file("hello ").digest());
    }

    @Test
    void shouldKnowItsFolderWhenItIsNamedByPath() {
        assertThat(file("").folder()).isEqualTo("demo");
        assertThat(file("").isPlatform()).isFalse();
        assertThat(new RecipeFile("demo/platform.yaml", "", RecipeFile.Origin.USER).isPlatform())
                .isTrue();
    }

    private static RecipeFile file(String text) {
        return new RecipeFile("demo/a.yaml", text, RecipeFile.Origin.USER);
    }
}
