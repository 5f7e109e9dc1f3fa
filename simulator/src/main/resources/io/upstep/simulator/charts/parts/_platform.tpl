{{- /* What the platform's charts 1 and 2 have in common. */}}

{{- define "platform.settings" -}}
{{- $c := dict "root" . "component" "polyaxon-config" }}
{{ include "part.object" (merge (dict "kind" "ConfigMap" "name" "platform-config") $c) }}
data:
  POLYAXON_ADMIN_NAME: {{ .Values.user.username }}
  {{- include "database.settings" . | nindent 2 }}
  {{- include "broker.settings" . | nindent 2 }}
---
{{ include "part.object" (merge (dict "kind" "Secret" "name" (ternary "secret" "platform-secret" (semverCompare "<1.2.0-0" .Chart.Version))) $c) }}
type: Opaque
stringData:
  POLYAXON_ADMIN_PASSWORD: {{ .Values.user.password | quote }}
  {{- if semverCompare "<2.0.0-0" .Chart.Version }}
  POLYAXON_SECRET_KEY: {{ .Values.polyaxonSecret | quote }}
  POLYAXON_SECRET_INTERNAL_TOKEN: {{ .Values.internalToken | quote }}
  {{- end }}
---
{{- if not .Values.postgresql.enabled }}
{{- $key := ternary "postgresql-password" "postgres-password" (semverCompare "<2.0.0-0" .Chart.Version) }}
{{ include "part.object" (merge (dict "kind" "Secret" "name" "postgresql-secret") $c) }}
type: Opaque
stringData: { {{ $key }}: {{ .Values.externalServices.postgresql.password | default "" | quote }} }
{{- end }}
---
{{- $broker := ternary (index .Values "rabbitmq-ha" | default dict) (.Values.rabbitmq | default dict) (semverCompare "<2.0.0-0" .Chart.Version) }}
{{- if and .Values.scheduler.enabled (not $broker.enabled) }}
{{ include "part.object" (merge (dict "kind" "Secret" "name" "rabbitmq-secret") $c) }}
type: Opaque
stringData: { rabbitmq-password: {{ (.Values.externalServices.rabbitmq | default dict).password | default "made-up" | quote }} }
{{- end }}
{{- end }}

{{- define "platform.workers" -}}
{{- range list "scheduler" "worker" "beat" "compiler" }}
{{- $v := index $.root.Values . }}
{{- if and $v $v.enabled }}
---
{{ include "part.workload" (dict "root" $.root "name" . "component" "polyaxon-workers" "of" $v "account" $.account "configs" $.configs "secrets" $.secrets "containers" (list (dict "name" (print "polyaxon-" .) "of" $v "probe" "polyaxon"))) }}
{{- end }}
{{- end }}
{{- end }}
