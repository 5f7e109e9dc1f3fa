package io.upstep.simulator.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A pachctl of some version that prints what it would deploy: objects called, labelled and bound to volumes as those of Pachyderm are,
 * from the arguments that decide where its data go. It can do nothing else.
 */
public final class FakePachctl {
    private FakePachctl() {}

    /** As an executor looks for it. */
    public static void install(Path directory, String version) {
        try {
            Path file = Files.createDirectories(directory.resolve(version)).resolve("pachctl");
            Files.writeString(file, script(version));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** @param version which it says it is, and which it deploys */
    public static String script(String version) {
        return SCRIPT.replace("@VERSION@", version);
    }

    private static final String SCRIPT = """
        #!/bin/sh
        echo "$@" > "$(dirname "$0")/seen"
        if [ "$1" = version ]; then
          printf 'COMPONENT           VERSION             \\npachctl             @VERSION@\\n'
          exit 0
        fi
        shift
        place="$1"
        case "$place" in
          amazon|google|local|custom) ;;
          *) echo "unknown place $place" >&2; exit 1 ;;
        esac
        nodes=1 host=/var/pachyderm volume="" credentials="" roles=cluster namespace="" dash=yes registry=""
        while [ $# -gt 0 ]; do
          case "$1" in
            --dynamic-etcd-nodes=*) nodes="${1#*=}" ;;
            --static-etcd-volume=*) volume="${1#*=}" ;;
            --host-path) shift; host="$1" ;;
            --credentials) shift; credentials="$1" ;;
            --namespace) shift; namespace="$1" ;;
            --local-roles) roles=local ;;
            --no-rbac) roles=none ;;
            --no-dashboard) dash=no ;;
            --registry) shift; registry="$1/" ;;
          esac
          shift
        done
        here=""
        if [ -n "$namespace" ]; then here="\\"namespace\\":\\"$namespace\\","; fi
        meta() { printf '"metadata":{"name":"%s",%s"labels":{"app":"%s","suite":"pachyderm"}}' "$1" "$here" "$2"; }
        tmpl() { printf '"metadata":{"name":"%s","labels":{"app":"%s","suite":"pachyderm"}}' "$1" "$1"; }
        select='"selector":{"matchLabels":{"app":"%s","suite":"pachyderm"}}'
        printf '{"kind":"ServiceAccount","apiVersion":"v1",%s}\\n' "$(meta pachyderm '')"
        rules='"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]'
        subject="\\"subjects\\":[{\\"kind\\":\\"ServiceAccount\\",\\"name\\":\\"pachyderm\\",\\"namespace\\":\\"${namespace:-default}\\"}]"
        group='"apiGroup":"rbac.authorization.k8s.io"'
        if [ $roles = cluster ]; then
          printf '{"kind":"ClusterRole","apiVersion":"rbac.authorization.k8s.io/v1beta1","metadata":{"name":"pachyderm","labels":{"app":"","suite":"pachyderm"}},%s}\\n' "$rules"
          printf '{"kind":"ClusterRoleBinding","apiVersion":"rbac.authorization.k8s.io/v1beta1","metadata":{"name":"pachyderm","labels":{"app":"","suite":"pachyderm"}},"roleRef":{%s,"kind":"ClusterRole","name":"pachyderm"},%s}\\n' "$group" "$subject"
        elif [ $roles = local ]; then
          printf '{"kind":"Role","apiVersion":"rbac.authorization.k8s.io/v1beta1",%s,%s}\\n' "$(meta pachyderm '')" "$rules"
          printf '{"kind":"RoleBinding","apiVersion":"rbac.authorization.k8s.io/v1beta1",%s,"roleRef":{%s,"kind":"Role","name":"pachyderm"},%s}\\n' "$(meta pachyderm '')" "$group" "$subject"
        fi
        container='"containers":[{"name":"etcd","image":"'"$registry"'coreos/etcd:v3.3.5","volumeMounts":[{"name":"etcd-storage","mountPath":"/var/data/etcd"}]}]'
        if [ $place = local ] || [ -n "$volume" ]; then
          if [ $place = local ]; then
            data="{\\"hostPath\\":{\\"path\\":\\"$host/etcd\\"},\\"name\\":\\"etcd-storage\\"}"
          else
            data='{"persistentVolumeClaim":{"claimName":"etcd-storage"},"name":"etcd-storage"}'
          fi
          printf '{"kind":"Deployment","apiVersion":"apps/v1beta1",%s,"spec":{"replicas":1,%s,"template":{%s,"spec":{%s,"volumes":[%s]}}}}\\n' "$(meta etcd etcd)" "$(printf "$select" etcd)" "$(tmpl etcd)" "$container" "$data"
        else
          printf '{"kind":"Service","apiVersion":"v1",%s,"spec":{"clusterIP":"None","ports":[{"name":"peer-port","port":2380}],"selector":{"app":"etcd"}}}\\n' "$(meta etcd-headless etcd)"
          claim='"volumeClaimTemplates":[{"metadata":{"name":"etcd-storage","labels":{"app":"etcd","suite":"pachyderm"}},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"standard","resources":{"requests":{"storage":"10Gi"}}}}]'
          printf '{"kind":"StatefulSet","apiVersion":"apps/v1beta1",%s,"spec":{"replicas":%s,"serviceName":"etcd-headless",%s,"template":{%s,"spec":{%s}},%s}}\\n' "$(meta etcd etcd)" "$nodes" "$(printf "$select" etcd)" "$(tmpl etcd)" "$container" "$claim"
        fi
        printf '{"kind":"Service","apiVersion":"v1",%s,"spec":{"ports":[{"name":"client-port","port":2379}],"selector":{"app":"etcd"}}}\\n' "$(meta etcd etcd)"
        printf '{"kind":"Service","apiVersion":"v1",%s,"spec":{"type":"NodePort","ports":[{"name":"api-grpc-port","port":650},{"name":"trace-port","port":651}],"selector":{"app":"pachd"}}}\\n' "$(meta pachd pachd)"
        image='"image":"pachyderm/pachd:@VERSION@","env":[{"name":"PACHD_VERSION","value":"@VERSION@"},{"name":"WORKER_IMAGE","value":"pachyderm/worker:@VERSION@"}]'
        printf '{"kind":"Deployment","apiVersion":"apps/v1beta1",%s,"spec":{"replicas":1,%s,"template":{%s,"spec":{"serviceAccountName":"pachyderm","containers":[{"name":"pachd",%s,"ports":[{"containerPort":650,"name":"api-grpc-port"}]}]}}}}\\n' "$(meta pachd pachd)" "$(printf "$select" pachd)" "$(tmpl pachd)" "$image"
        if [ $dash = yes ]; then
          printf '{"kind":"Service","apiVersion":"v1",%s,"spec":{"type":"NodePort","ports":[{"name":"dash-http","port":8080}],"selector":{"app":"dash"}}}\\n' "$(meta dash dash)"
          printf '{"kind":"Deployment","apiVersion":"apps/v1beta1",%s,"spec":{"replicas":1,%s,"template":{%s,"spec":{"containers":[{"name":"dash","image":"pachyderm/dash:0.5.28"},{"name":"grpc-proxy","image":"pachyderm/grpc-proxy:0.4.2"}]}}}}\\n' "$(meta dash dash)" "$(printf "$select" dash)" "$(tmpl dash)"
        fi
        id="$(printf '%s' "${credentials%%,*}" | base64 -w0)" key="$(printf '%s' "${credentials#*,}" | base64 -w0)"
        printf '{"kind":"Secret","apiVersion":"v1",%s,"data":{"amazon-id":"%s","amazon-secret":"%s"},"type":"Opaque"}\\n' "$(meta pachyderm-storage-secret pachyderm-storage-secret)" "$id" "$key"
        """;
}
