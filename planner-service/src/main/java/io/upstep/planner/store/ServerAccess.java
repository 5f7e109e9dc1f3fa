package io.upstep.planner.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Keeps others on the machine out of the planner's own PostgreSQL: it asks for a password that only the planner's user can read. */
final class ServerAccess {
    static final String USER = "postgres";

    private static final int BYTES = 32;
    private static final String METHOD = "scram-sha-256";
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path passwordFile;
    private final Path rules;
    private final String password;
    /** The data was made by a planner that asked for no password, or its password was lost. */
    private final boolean open;

    private ServerAccess(Path passwordFile, Path rules, String password, boolean open) {
        this.passwordFile = passwordFile;
        this.rules = rules;
        this.password = password;
        this.open = open;
    }

    /** To be called before the server starts, with nothing but whole data in the directory, or none. */
    static ServerAccess prepare(Path data) throws IOException {
        Path file = data.resolveSibling(data.getFileName() + ".password");
        Path rules = data.resolveSibling(data.getFileName() + ".hba.conf");
        boolean known = Files.exists(file);
        String password = known ? Files.readString(file).strip() : invented();
        boolean open = !known && Files.exists(data);
        if (!known && !open) {
            write(file, password);
        }
        write(rules, rules(open ? "trust" : METHOD));
        return new ServerAccess(file, rules, password, open);
    }

    Path passwordFile() {
        return passwordFile;
    }

    Path rules() {
        return rules;
    }

    String password() {
        return password;
    }

    /** Closes a server that had to be started open. The password is kept last: without it, this is done again. */
    void close(DataSource server) throws IOException {
        if (!open) {
            return;
        }
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            // Sends what the server keeps of it, never the password.
            connection.unwrap(PGConnection.class).alterUserPassword(USER, password.toCharArray(), METHOD);
            write(rules, rules(METHOD));
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException("cannot set a password for the planner's own PostgreSQL", e);
        }
        write(passwordFile, password);
    }

    /** Over loopback only, and not by the socket in a folder that everybody shares. */
    private static String rules(String method) {
        return "host all " + USER + " 127.0.0.1/32 " + method + "\nhost all " + USER + " ::1/128 " + method + "\n";
    }

    private static String invented() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** All of it or nothing, and never readable for others, not even for a moment. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path written = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", OURS_ALONE);
        Files.writeString(written, text + (text.endsWith("\n") ? "" : "\n"));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
