{{- /* The stores as the second generation brings them: other labels, other names, other Secrets. */}}

{{- define "postgresql.modern" -}}
{{- $p := .Values.postgresql }}
{{- $late := semverCompare ">=2.5.0-0" .Chart.Version }}
{{- $secret := $p.auth.existingSecret | default (print .Release.Name "-postgresql") }}
{{- $s := dict "root" . "modern" true "name" "postgresql" "app" "postgresql" "chart" (ternary "postgresql-15.5.20" "postgresql-12.1.9" $late) "portName" "tcp-postgresql" "port" 5432 }}
{{- if not $p.auth.existingSecret }}
{{- /* Only at an upgrade, so that it can also be rendered without a cluster. */}}
{{- if .Release.IsUpgrade }}
{{- $live := lookup "v1" "Secret" .Release.Namespace $secret }}
{{- if and $live (not (hasKey ($live.data | default dict) "postgres-password")) }}
{{- fail (printf "PASSWORDS ERROR: The secret %q does not contain the key \"postgres-password\"" $secret) }}
{{- end }}
{{- end }}
{{ include "store.object" (merge (dict "kind" "Secret") $s) }}
type: Opaque
stringData: { postgres-password: {{ $p.auth.postgresPassword | quote }}, password: {{ $p.auth.password | quote }} }
{{- end }}
---
{{ include "store.service" (merge (dict "name" "postgresql-hl" "headless" true "part" "primary") $s) }}
---
{{ include "store.service" (merge (dict "part" "primary") $s) }}
---
{{- $d := $p.primary.persistence }}
{{- $legacy := semverCompare ">=2.12.0-0" .Chart.Version }}
{{- $image := ternary (print "bitnami" (ternary "legacy" "" $legacy) "/postgresql:16.4.0-debian-12-r11") "bitnami/postgresql:15.1.0-debian-11-r31" $late }}
{{- $claim := ternary ($d.existingClaim | default "") "" $d.enabled }}
{{ include "store.set" (merge (dict "part" "primary" "serviceName" "postgresql-hl" "image" $image "probe" "pg_isready" "claim" $claim "template" (and $d.enabled (not $d.existingClaim)) "size" $d.size "claimAnnotations" $d.annotations) $s) }}
{{- if $late }}
---
{{ include "store.object" (merge (dict "kind" "ServiceAccount") $s) }}
---
{{ include "store.object" (merge (dict "kind" "NetworkPolicy" "apiVersion" "networking.k8s.io/v1") $s) }}
spec: { podSelector: { matchLabels: { app.kubernetes.io/name: postgresql } }, ingress: [{}], policyTypes: [Ingress] }
---
{{ include "store.object" (merge (dict "kind" "PodDisruptionBudget" "apiVersion" "policy/v1") $s) }}
spec: { maxUnavailable: 1, selector: { matchLabels: { app.kubernetes.io/name: postgresql } } }
{{- end }}
{{- end }}

{{- define "redis.modern" -}}
{{- $s := dict "root" .root "modern" true "name" "redis" "app" "redis" "chart" "redis-17.6.0" "portName" "tcp-redis" "port" 6379 "image" "bitnami/redis:7.0.8-debian-11-r0" "probe" "redis-cli" "serviceName" "redis-headless" "template" true }}
{{ include "store.object" (merge (dict "kind" "ServiceAccount") $s) }}
{{- range list "configuration" "health" "scripts" }}
---
{{ include "store.object" (merge (dict "kind" "ConfigMap" "name" (print "redis-" .)) $s) }}
data: { file: "" }
{{- end }}
---
{{ include "store.service" (merge (dict "name" "redis-headless" "headless" true) $s) }}
{{- range $name, $part := dict "master" "master" "replicas" "replica" }}
---
{{ include "store.service" (merge (dict "name" (print "redis-" $name) "part" $part) $s) }}
---
{{ include "store.set" (merge (dict "name" (print "redis-" $name) "part" $part) $s) }}
{{- end }}
{{- end }}

{{- define "rabbitmq.modern" -}}
{{- $s := dict "root" .root "modern" true "name" "rabbitmq" "app" "rabbitmq" "chart" "rabbitmq-11.8.0" "portName" "amqp" "port" 5672 "image" "bitnami/rabbitmq:3.11.8-debian-11-r0" "probe" "rabbitmqctl" "serviceName" "rabbitmq-headless" "template" true }}
{{ include "store.object" (merge (dict "kind" "ServiceAccount") $s) }}
---
{{ include "store.object" (merge (dict "kind" "Secret") $s) }}
type: Opaque
stringData: { rabbitmq-password: {{ .root.Values.rabbitmq.auth.password | quote }} }
---
{{ include "store.object" (merge (dict "kind" "Secret" "name" "rabbitmq-config") $s) }}
type: Opaque
stringData: { rabbitmq.conf: "" }
---
{{ include "store.object" (merge (dict "kind" "Role" "apiVersion" "rbac.authorization.k8s.io/v1" "name" "rabbitmq-endpoint-reader") $s) }}
rules: [{ apiGroups: [""], resources: [endpoints], verbs: [get] }]
---
{{ include "store.object" (merge (dict "kind" "RoleBinding" "apiVersion" "rbac.authorization.k8s.io/v1" "name" "rabbitmq-endpoint-reader") $s) }}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: {{ .root.Release.Name }}-rabbitmq-endpoint-reader }
subjects: [{ kind: ServiceAccount, name: {{ .root.Release.Name }}-rabbitmq, namespace: {{ .root.Release.Namespace }} }]
---
{{ include "store.service" (merge (dict "name" "rabbitmq-headless" "headless" true) $s) }}
---
{{ include "store.service" $s }}
---
{{ include "store.set" $s }}
{{- end }}
