package io.upstep.verifier.cluster;

/**
 * One revision of a release as Helm keeps it, still packed: it holds the values, and with them whatever is secret there.
 *
 * @param secret the Secret it was found in
 */
public record HelmRecord(String secret, int revision, byte[] packed) {
    @Override
    public String toString() {
        return "Secret " + secret;
    }
}
