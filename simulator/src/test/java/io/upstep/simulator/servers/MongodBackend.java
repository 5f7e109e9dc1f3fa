package io.upstep.simulator.servers;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers commands: those about versions by itself, the others by the library it stands on. */
final class MongodBackend extends H2Backend {
    private static final Set<String> WRITES =
            Set.of("insert", "update", "delete", "findandmodify", "create", "createindexes", "drop", "dropdatabase");

    private final MongodRelease release;
    private final MongodDirectory directory;
    private final Runnable stop;
    private final List<Document> commands = new CopyOnWriteArrayList<>();
    private final Map<String, MongoServerError> refusals = new ConcurrentHashMap<>();
    private final Map<String, Runnable> first = new ConcurrentHashMap<>();
    private volatile MongodLogin login;

    MongodBackend(MongodRelease release, MongodDirectory directory, Runnable stop) {
        super(directory.store());
        this.release = release;
        this.directory = directory;
        this.stop = stop;
        version(release);
    }

    /** What was asked, without what drivers ask by themselves. */
    List<String> asked() {
        return commands.stream().map(MongodBackend::told).toList();
    }

    private static String told(Document command) {
        String name = command.keySet().iterator().next();
        return name + " " + command.get(name);
    }

    void refuse(String command, int code, String codeName, String message) {
        refusals.put(command.toLowerCase(Locale.ROOT), new MongoServerError(code, codeName, message));
    }

    void requireLogin(MongodLogin required) {
        login = required;
    }

    void before(String command, Runnable happens) {
        first.put(command.toLowerCase(Locale.ROOT), happens);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        if (!name.equals("ismaster") && !name.equals("hello")) {
            commands.add(query);
        }
        if (login != null) {
            login.require(channel, name);
        }
        Runnable happens = first.remove(name);
        if (happens != null) {
            happens.run();
        }
        if (refusals.containsKey(name)) {
            throw refusals.get(name);
        }
        Document answer = answer(channel, database, name, command, query);
        if (WRITES.contains(name)) {
            commit();
        }
        return answer;
    }

    private Document answer(Channel channel, String database, String name, String command, Document query) {
        return switch (name) {
            case "getparameter" -> compatibility();
            case "setfeaturecompatibilityversion" -> setCompatibility(query);
            case "fsync" -> okay();
            case "saslstart" -> login.start(channel, query);
            case "saslcontinue" -> login.resume(channel, query);
            case "shutdown" -> shutdown(channel);
            default -> super.handleCommand(channel, database, command, query);
        };
    }

    private Document compatibility() {
        return okay().append("featureCompatibilityVersion", new Document("version", directory.compatibility()));
    }

    private Document setCompatibility(Document query) {
        String wanted = String.valueOf(query.get("setFeatureCompatibilityVersion"));
        if (!release.accepted().contains(wanted)) {
            throw new MongoServerError(
                    2,
                    "BadValue",
                    "Invalid feature compatibility version value '" + wanted + "', expected one of "
                            + release.accepted());
        }
        boolean confirmed = Boolean.TRUE.equals(query.get("confirm"));
        if (release.isAtLeast("7.0") && !confirmed) {
            throw new MongoServerError(
                    7_369_100,
                    "Location7369100",
                    "Please re-run this command with 'confirm: true' to acknowledge this");
        }
        if (!release.isAtLeast("7.0") && query.containsKey("confirm")) {
            throw new MongoServerError(
                    40_415,
                    "Location40415",
                    "BSON field 'setFeatureCompatibilityVersion.confirm' is an unknown field.");
        }
        directory.setCompatibility(wanted);
        return okay();
    }

    /** No answer is given: the connection is closed. */
    private Document shutdown(Channel channel) {
        channel.close();
        new Thread(stop, "mongod-shutdown").start();
        return okay();
    }

    private static Document okay() {
        return new Document("ok", 1.0);
    }
}
