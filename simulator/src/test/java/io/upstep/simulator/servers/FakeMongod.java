package io.upstep.simulator.servers;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * A server that speaks MongoDB's wire protocol on a loopback port and behaves as mongod does where an upgrade touches it. Its
 * documents and its compatibility version are in the directory given: a copied or renamed directory is a copied or renamed
 * database, held by one server at a time and opened only by versions that can read it.
 */
public final class FakeMongod implements AutoCloseable {
    private final MongodDirectory directory;
    private final MongodBackend backend;
    private final MongoServer server;
    private final int port;
    private boolean running = true;

    /** It did not start; a real one's process would have ended with this code. */
    public static final class ExitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        ExitException(int code, String message) {
            super("exit code " + code + ": " + message);
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private FakeMongod(Path path, MongodRelease release, int wanted) {
        directory = MongodDirectory.open(path, release);
        backend = new MongodBackend(release, directory, this::close);
        server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        port = server.getLocalAddress().getPort();
    }

    /**
     * Starts one on a free port.
     *
     * @param version for example 4.0.27
     * @throws ExitException with 62 if the directory's compatibility version is none it can read, with 100 if it is in use
     */
    public static FakeMongod start(Path directory, String version) {
        return start(directory, version, 0);
    }

    /** Starts one where an earlier one was. */
    public static FakeMongod start(Path directory, String version, int port) {
        return new FakeMongod(directory, new MongodRelease(version), port);
    }

    public int port() {
        return port;
    }

    /** The directory's compatibility version now. */
    public String compatibility() {
        return directory.compatibility();
    }

    /** The commands it was asked for, each as its name and first value, without what drivers ask by themselves. */
    public List<String> asked() {
        return backend.asked();
    }

    /** From now on nobody gets in but this user, whose login is SCRAM-SHA-1. */
    public void requireLogin(String user, String password) {
        backend.requireLogin(new MongodLogin(user, password));
    }

    /** From now on it refuses a command. */
    public void refuse(String command, int code, String codeName, String message) {
        backend.refuse(command, code, codeName, message);
    }

    /** Does something when a command comes the next time, before it is answered. */
    public void before(String command, Runnable happens) {
        backend.before(command, happens);
    }

    public synchronized boolean isRunning() {
        return running;
    }

    /** Ends it as SIGTERM would. */
    @Override
    public synchronized void close() {
        if (running) {
            running = false;
            server.shutdownNow();
            directory.close();
        }
    }
}
