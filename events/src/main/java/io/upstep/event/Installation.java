package io.upstep.event;

/** One running copy of a platform: where it is. */
public record Installation(String cluster, String namespace, String release) {
    public Installation {
        Require.text(cluster, "installation.cluster");
        Require.text(namespace, "installation.namespace");
        Require.text(release, "installation.release");
    }

    @Override
    public String toString() {
        return cluster + "/" + namespace + "/" + release;
    }
}
