package io.upstep.verifier.cluster;

import java.util.List;
import java.util.Optional;

/**
 * All that checks and probes may do with a cluster: get and list, and connect to what listens there. Each method throws {@link NoAnswerException}
 * with the reason when the API server did not answer the question.
 */
public interface ClusterReader {

    /** The object, or nothing if there is none of that name. */
    Optional<KubeObject> get(Kind kind, String namespace, String name);

    /**
     * The objects a label selector matches.
     *
     * @param selector as kubectl writes it; null or blank for all
     */
    List<KubeObject> list(Kind kind, String namespace, String selector);

    /**
     * A kind by its name.
     *
     * @param apiVersion may be null for Kubernetes' own kinds
     * @throws KindNotServedException if the API server has no such kind
     */
    Kind kind(String kind, String apiVersion);

    /** GETs a path of a service through the API server's service proxy. */
    HttpAnswer getFromService(String namespace, String service, String port, String path);

    /**
     * The value of one key of a Secret that holds a login. For nothing but to log in with: it may not be told.
     *
     * @throws MissingSecretException if there is no such Secret or key
     */
    String login(String namespace, String secret, String key);

    /** The revisions of a release that Helm keeps, in no order. */
    List<HelmRecord> helmRecords(String namespace, String release);

    /** Opens a way to a port of a Service. */
    Tunnel reach(String namespace, String service, int port);

    /** The API server's own version, for example {@code v1.31.2}. */
    String serverVersion();
}
