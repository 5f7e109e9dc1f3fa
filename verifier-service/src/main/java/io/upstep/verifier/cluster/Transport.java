package io.upstep.verifier.cluster;

/** What is asked of an API server: to GET a path, or to pass on a connection to a pod. There is no other verb here. */
interface Transport {

    /**
     * @param path below the server's root, with its query
     * @param limit how many bytes of the body to read at most
     * @throws NoAnswerException if there is no answer
     */
    HttpAnswer get(String path, int limit);

    /** Opens a way to a port of a pod. */
    Tunnel forward(String namespace, String pod, int port);
}
