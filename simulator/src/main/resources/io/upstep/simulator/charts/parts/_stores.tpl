{{- /* The stores that more than one generation brings along. */}}

{{- define "postgresql.eleven" -}}
{{- $p := .Values.postgresql }}
{{- $own := and $p.persistence.enabled (not $p.persistence.existingClaim) }}
{{- $s := dict "root" . "name" "postgresql" "app" "postgresql" "chart" "postgresql-8.2.1" "portName" "tcp-postgresql" "port" 5432 }}
{{ include "store.object" (merge (dict "kind" "Secret") $s) }}
type: Opaque
stringData: { postgresql-password: {{ $p.postgresqlPassword | quote }} }
---
{{ include "store.service" (merge (dict "name" "postgresql-headless" "headless" true) $s) }}
---
{{ include "store.service" (merge (dict "part" "master") $s) }}
---
{{- $claim := ternary ($p.persistence.existingClaim | default "") "" $p.persistence.enabled }}
{{ include "store.set" (merge (dict "part" "master" "serviceName" "postgresql-headless" "image" "bitnami/postgresql:11.6.0-debian-10-r5" "probe" "pg_isready" "claim" $claim "template" $own "size" $p.persistence.size "claimAnnotations" $p.persistence.annotations "secret" (dict "name" "postgresql" "key" "postgresql-password")) $s) }}
{{- end }}

{{- define "redis.masterAndSlave" -}}
{{- $s := dict "root" .root "app" "redis" "chart" "redis-7.0.0" "portName" "redis" "port" 6379 "image" "bitnami/redis:5.0.4" "probe" "redis-cli" "serviceName" "redis-headless" "template" true }}
{{ include "store.object" (merge (dict "kind" "ConfigMap" "name" "redis") $s) }}
data: { redis.conf: "" }
---
{{ include "store.object" (merge (dict "kind" "ConfigMap" "name" "redis-health") $s) }}
data: { ping.sh: "" }
---
{{ include "store.service" (merge (dict "name" "redis-headless" "headless" true) $s) }}
{{- range list "master" "slave" }}
---
{{ include "store.service" (merge (dict "name" (print "redis-" .) "part" .) $s) }}
---
{{ include "store.set" (merge (dict "name" (print "redis-" .) "part" .) $s) }}
{{- end }}
{{- end }}

{{- define "rabbitmq.ha" -}}
{{- $s := dict "root" .root "name" "rabbitmq-ha" "app" "rabbitmq-ha" "chart" "rabbitmq-ha-1.31.0" "portName" "amqp" "port" 5672 "image" .image "probe" "rabbitmqctl" "serviceName" "rabbitmq-ha-discovery" }}
{{ include "store.object" (merge (dict "kind" "ServiceAccount") $s) }}
---
{{ include "store.object" (merge (dict "kind" "Secret") $s) }}
type: Opaque
stringData: { rabbitmq-password: {{ (index .root.Values "rabbitmq-ha").rabbitmqPassword | quote }} }
---
{{ include "store.object" (merge (dict "kind" "ConfigMap") $s) }}
data: { rabbitmq.conf: "" }
---
{{ include "store.object" (merge (dict "kind" "Role" "apiVersion" "rbac.authorization.k8s.io/v1") $s) }}
rules: [{ apiGroups: [""], resources: [endpoints], verbs: [get] }]
---
{{ include "store.object" (merge (dict "kind" "RoleBinding" "apiVersion" "rbac.authorization.k8s.io/v1") $s) }}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: {{ .root.Release.Name }}-rabbitmq-ha }
subjects: [{ kind: ServiceAccount, name: {{ .root.Release.Name }}-rabbitmq-ha, namespace: {{ .root.Release.Namespace }} }]
---
{{ include "store.service" (merge (dict "name" "rabbitmq-ha-discovery" "headless" true) $s) }}
---
{{ include "store.service" $s }}
---
{{ include "store.set" $s }}
{{- end }}
