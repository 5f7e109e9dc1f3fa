package io.upstep.executor.action.postgres;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.postgresql.core.Parser;

/**
 * One entry of a step's SQL, read by the driver's own rules, because those decide what the server is sent.
 *
 * @param plain the text without its comments
 */
record SqlText(String plain) {
    private static final Pattern TRANSACTION = Pattern.compile(
            "(?is)\\s*(begin|start|commit|end|rollback|abort|savepoint|release|prepare\\s+transaction)\\b.*");
    private static final Pattern PASSWORD = Pattern.compile("(?i)\\bpassword\\b");

    static SqlText of(String sql) {
        char[] text = sql.toCharArray();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length) {
            int comment = endOfComment(text, at);
            int end = Math.min(text.length - 1, Math.max(comment, endOfQuotes(text, at)));
            if (comment > at) {
                plain.append(' ');
            } else {
                plain.append(text, at, end - at + 1);
            }
            at = end + 1;
        }
        return new SqlText(plain.toString());
    }

    private static int endOfComment(char[] text, int at) {
        return switch (text[at]) {
            case '-' -> Parser.parseLineComment(text, at);
            case '/' -> Parser.parseBlockComment(text, at);
            default -> at;
        };
    }

    private static int endOfQuotes(char[] text, int at) {
        return switch (text[at]) {
            case '\'' -> Parser.parseSingleQuotes(text, at, true);
            case '"' -> Parser.parseDoubleQuotes(text, at);
            case '$' -> Parser.parseDollarQuotes(text, at);
            default -> at;
        };
    }

    /** How many statements the driver would make of it. */
    long statements() {
        try {
            return Parser.parseJdbcSql(plain, true, false, true, false, true).stream()
                    .filter(statement -> !statement.nativeSql.isBlank())
                    .count();
        } catch (SQLException e) {
            throw new IllegalArgumentException("expected 'statements' to be SQL: " + e.getMessage(), e);
        }
    }

    /** Whether it would begin or end a transaction, or a part of one. */
    boolean controlsTransaction() {
        return TRANSACTION.matcher(plain).matches();
    }

    /** Whether it may say a password, however that is quoted. */
    boolean mentionsPassword() {
        return PASSWORD.matcher(plain).find();
    }
}
