package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kind;
import io.upstep.executor.action.kubernetes.Manifest;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** What the API server serves of the kinds that objects of charts are of, and which of these it still knows by another name. */
final class ServedKinds {
    private final FencedObjects objects;

    ServedKinds(FencedObjects objects) {
        this.objects = objects;
    }

    /** Empty for a kind that the server does not serve, so that there are no objects of it. */
    Optional<Kind> of(ObjectNode object) {
        try {
            return Optional.of(objects.kind(
                    Manifest.kind(object), object.path("apiVersion").asText()));
        } catch (ActionException e) {
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The objects of a manifest, those of API versions of former days in the ones of today; what is served stays as it is. */
    List<Documents.Document> lifted(String manifest) {
        return Documents.of(manifest).stream().map(this::lifted).toList();
    }

    private Documents.Document lifted(Documents.Document document) {
        return Modernizer.lifted(document.object())
                .filter(today -> of(document.object()).isEmpty())
                .map(Documents.Document::of)
                .orElse(document);
    }
}
