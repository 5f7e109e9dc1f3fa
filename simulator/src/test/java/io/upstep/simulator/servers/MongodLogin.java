package io.upstep.simulator.servers;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Lets one user in, by SCRAM-SHA-1 (RFC 5802) as MongoDB speaks it. */
final class MongodLogin {
    private static final Set<String> FREE =
            Set.of("ismaster", "hello", "buildinfo", "saslstart", "saslcontinue", "getlasterror", "endsessions");
    private static final Pattern FIRST = Pattern.compile("n,,(n=([^,]*),r=([^,]*))");
    private static final Pattern LAST = Pattern.compile("(c=[^,]*,r=([^,]*)),p=(.*)");
    private static final byte[] SALT = "salt of the fake".getBytes(StandardCharsets.UTF_8);
    private static final int ITERATIONS = 4096;

    private final String user;
    private final byte[] salted;
    private final Map<Channel, String> begun = new ConcurrentHashMap<>();
    private final Set<Channel> in = ConcurrentHashMap.newKeySet();

    MongodLogin(String user, String password) {
        this.user = user;
        byte[] digest = hash("MD5", (user + ":mongo:" + password).getBytes(StandardCharsets.UTF_8));
        this.salted = salted(HexFormat.of().formatHex(digest).getBytes(StandardCharsets.UTF_8));
    }

    void require(Channel channel, String command) {
        if (!FREE.contains(command) && !in.contains(channel)) {
            throw new MongoServerError(13, "Unauthorized", "command " + command + " requires authentication");
        }
    }

    Document start(Channel channel, Document query) {
        Matcher first = FIRST.matcher(text(query));
        if (!first.matches() || !first.group(2).equals(user)) {
            throw refusal();
        }
        String answer =
                "r=" + first.group(3) + "server,s=" + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS;
        begun.put(channel, first.group(1) + "," + answer);
        return reply(answer, false);
    }

    Document resume(Channel channel, Document query) {
        if (text(query).isEmpty() && in.contains(channel)) {
            return reply("", true);
        }
        Matcher last = LAST.matcher(text(query));
        if (!last.matches() || !begun.containsKey(channel)) {
            throw refusal();
        }
        byte[] message = (begun.remove(channel) + "," + last.group(1)).getBytes(StandardCharsets.UTF_8);
        byte[] clientKey = mac(salted, "Client Key".getBytes(StandardCharsets.UTF_8));
        byte[] proof = xor(clientKey, mac(hash("SHA-1", clientKey), message));
        if (!MessageDigest.isEqual(proof, Base64.getDecoder().decode(last.group(3)))) {
            throw refusal();
        }
        in.add(channel);
        byte[] serverKey = mac(salted, "Server Key".getBytes(StandardCharsets.UTF_8));
        return reply("v=" + Base64.getEncoder().encodeToString(mac(serverKey, message)), false);
    }

    private static MongoServerError refusal() {
        return new MongoServerError(18, "AuthenticationFailed", "Authentication failed.");
    }

    private static String text(Document query) {
        return new String(((BinData) query.get("payload")).getData(), StandardCharsets.UTF_8);
    }

    private static Document reply(String payload, boolean done) {
        return new Document("conversationId", 1)
                .append("done", done)
                .append("payload", new BinData(payload.getBytes(StandardCharsets.UTF_8)))
                .append("ok", 1.0);
    }

    private static byte[] salted(byte[] password) {
        byte[] first = new byte[SALT.length + 4];
        System.arraycopy(SALT, 0, first, 0, SALT.length);
        first[first.length - 1] = 1;
        byte[] round = mac(password, first);
        byte[] result = round;
        for (int i = 1; i < ITERATIONS; i++) {
            round = mac(password, round);
            result = xor(result, round);
        }
        return result;
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            result[i] = (byte) (one[i] ^ other[i]);
        }
        return result;
    }

    private static byte[] mac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hash(String algorithm, byte[] message) {
        try {
            return MessageDigest.getInstance(algorithm).digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
