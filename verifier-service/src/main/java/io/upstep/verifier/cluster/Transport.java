package io.upstep.verifier.cluster;

/** GETs a path of an API server. There is no other verb here. */
@FunctionalInterface
interface Transport {

    /**
     * @param path below the server's root, with its query
     * @param limit how many bytes of the body to read at most
     * @throws NoAnswerException if there is no answer
     */
    HttpAnswer get(String path, int limit);
}
