package io.upstep.verifier.check.http;

import java.net.URI;

/** What to GET: a URL, or a path of a service in the installation's namespace. */
record Endpoint(String url, String service, String port, String path) {
    Endpoint {
        if ((url == null) == (service == null)) {
            throw new IllegalArgumentException("expected a 'url', or a 'service' with its 'port'");
        }
        if (service != null && port == null) {
            throw new IllegalArgumentException("expected the 'port' of the service, by number or name");
        }
        if (path != null && !path.startsWith("/")) {
            throw new IllegalArgumentException("expected a 'path' that begins with /, came '" + path + "'");
        }
        // Resolved on the way, such a path would leave the service and read anything the verifier's account may read.
        if (path != null && Climbing.isIn(path)) {
            throw new IllegalArgumentException(
                    "expected a 'path' without .. segments, also encoded, came '" + path + "'");
        }
        if (url != null) {
            String scheme = URI.create(url).getScheme();
            if (!"http".equals(scheme) && !"https".equals(scheme)) {
                throw new IllegalArgumentException("expected an http or https 'url', came '" + url + "'");
            }
            if (URI.create(url).getUserInfo() != null) {
                throw new IllegalArgumentException("expected a 'url' without credentials, which evidence would tell");
            }
        }
    }

    boolean isService() {
        return service != null;
    }

    URI uri() {
        return URI.create(path == null ? url : url.replaceAll("/+$", "") + path);
    }

    @Override
    public String toString() {
        return isService() ? "Service " + service + ":" + port + (path == null ? "/" : path) : uri().toString();
    }
}
