package io.upstep.verifier.check.grpc;

import io.upstep.verifier.cluster.Place;

/** A gRPC server, and how far it is believed. */
record Peer(Place place, Tls tls) {

    static Peer of(String service, String host, Integer port, Tls tls) {
        if (port == null) {
            throw new IllegalArgumentException("expected 'port', which is missing");
        }
        return new Peer(new Place(host, service, port), tls == null ? Tls.DISABLE : tls);
    }

    /** The name its certificate is to be for, whatever the way to it. */
    String authority(String namespace) {
        return place.host() == null ? place.service() + "." + namespace + ".svc" : place.host();
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
