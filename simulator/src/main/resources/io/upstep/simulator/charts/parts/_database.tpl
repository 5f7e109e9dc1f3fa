{{- /* Where the database is, as the chart of each generation puts it. */}}

{{- define "database.settings" -}}
{{- $p := .Values.postgresql }}
{{- $outside := (.Values.externalServices | default dict).postgresql | default dict }}
{{- if and (not $p.enabled) $p.externalPostgresHost }}
POLYAXON_DB_HOST: {{ $p.externalPostgresHost | quote }}
POLYAXON_DB_PORT: "5432"
POLYAXON_DB_USER: {{ $p.postgresUser | quote }}
POLYAXON_DB_NAME: {{ $p.postgresDatabase | quote }}
{{- else if not $p.enabled }}
POLYAXON_DB_HOST: {{ required "externalServices.postgresql.host is required without postgresql.enabled" $outside.host | quote }}
POLYAXON_DB_PORT: {{ $outside.port | default 5432 | quote }}
POLYAXON_DB_USER: {{ $outside.user | default "polyaxon" | quote }}
POLYAXON_DB_NAME: {{ $outside.database | default "polyaxon" | quote }}
{{- else }}
POLYAXON_DB_HOST: {{ .Release.Name }}-postgresql
POLYAXON_DB_PORT: "5432"
POLYAXON_DB_USER: {{ coalesce ($p.auth | default dict).username $p.postgresqlUsername $p.postgresUser "polyaxon" | quote }}
POLYAXON_DB_NAME: {{ coalesce ($p.auth | default dict).database $p.postgresqlDatabase $p.postgresDatabase "polyaxon" | quote }}
{{- end }}
{{- end }}

{{- define "broker.settings" -}}
POLYAXON_BROKER_BACKEND: {{ .Values.broker | default "rabbitmq" | quote }}
{{- end }}
