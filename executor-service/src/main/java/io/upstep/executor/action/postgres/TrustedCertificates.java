package io.upstep.executor.action.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificates the JVM trusts, as a file for programs that are none of its own. */
final class TrustedCertificates {
    private static final int LINE = 64;

    private TrustedCertificates() {}

    /** Returns a file of its own, which the caller deletes. */
    static Path write() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            StringBuilder text = new StringBuilder();
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trusting) {
                    for (X509Certificate certificate : Arrays.asList(trusting.getAcceptedIssuers())) {
                        text.append(pem(certificate.getEncoded()));
                    }
                }
            }
            return Files.writeString(Files.createTempFile("upstep-trusted", ".pem"), text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a JVM that can tell which certificates it trusts", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(byte[] certificate) {
        String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
