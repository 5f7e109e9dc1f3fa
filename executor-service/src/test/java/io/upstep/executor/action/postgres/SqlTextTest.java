package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select 1; -- done; really",
                "/* first; /* and */ second; */ select 1 ;\n",
                "select 'a; b', E'it\\'s; b', \"c;d\" from e",
                "do $x$ begin perform 1; perform 2; end $x$",
                "create function f() returns int begin atomic select 1; select 2; end"
            })
    void shouldCountOneWhenSemicolonsAreQuotedOrInCommentsOrAtTheEnd(String sql) {
        assertThat(SqlText.of(sql).statements()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1; commit", "select 'a\\'; commit --'", "select 1;/* */;commit", "a $1$ ; b $1$"})
    void shouldCountTwoWhenASecondOneFollows(String sql) {
        assertThat(SqlText.of(sql).statements()).isEqualTo(2);
    }

    @Test
    void shouldCountNoneWhenThereAreOnlyComments() {
        assertThat(SqlText.of("-- nothing\n/* at all */ ;").statements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "-- a\n/* b */ COMMIT",
                "start/* */transaction",
                "prepare -- a\n transaction 'x'",
                "end",
                "abort",
                "release x"
            })
    void shouldKnowWhatControlsATransactionWhateverCommentsStandBeforeOrIn(String sql) {
        assertThat(SqlText.of(sql).controlsTransaction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prepare a as select 1", "-- commit\nselect 1", "select 'commit'", "update begins set a = 1"})
    void shouldLeaveOtherStatementsAlone(String sql) {
        assertThat(SqlText.of(sql).controlsTransaction()).isFalse();
    }

    @Test
    void shouldFindThePasswordOutsideOfCommentsOnly() {
        assertThat(SqlText.of("alter user a PassWord $x$b$x$").mentionsPassword())
                .isTrue();
        assertThat(SqlText.of("do $$ begin execute 'alter user a password ''b'''; end $$")
                        .mentionsPassword())
                .isTrue();
        assertThat(SqlText.of("select 1 -- no password").mentionsPassword()).isFalse();
        assertThat(SqlText.of("update users set password_hash = null").mentionsPassword())
                .isFalse();
    }
}
