{{- /* Pieces of the test charts for Feast: each service is a chart of its own there, and says so in its labels. */}}

{{- define "feast.selector" -}}
app: {{ .app }}
component: {{ .component }}
release: {{ .root.Release.Name }}
{{- end }}

{{- define "feast.object" -}}
apiVersion: {{ .apiVersion | default "v1" }}
kind: {{ .kind }}
metadata:
  name: {{ .root.Release.Name }}-{{ .app }}
  labels:
    {{- include "feast.selector" . | nindent 4 }}
    chart: {{ .app }}-{{ .root.Chart.Version }}
    heritage: {{ .root.Release.Service }}
{{- end }}

{{- define "feast.tag" -}}
{{- $early := semverCompare "<0.5.0-0" .root.Chart.Version }}
{{- $late := semverCompare ">=0.7.0-0" .root.Chart.Version }}
{{- $default := ternary .root.Chart.Version (ternary "latest" "dev" (semverCompare ">=0.6.0-0" .root.Chart.Version)) (or $early $late) }}
{{- .of.image.tag | default $default }}
{{- end }}

{{- define "feast.workload" -}}
{{ include "feast.object" (merge (dict "kind" "Deployment" "apiVersion" "apps/v1") .) }}
spec:
  replicas: {{ .of.replicaCount | default 1 }}
  selector:
    matchLabels: {{- include "feast.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "feast.selector" . | nindent 8 }}
      annotations: { checksum/configmap: {{ toJson .of | sha256sum }} }
    spec:
      containers:
        - name: {{ .app }}
          image: {{ .of.image.repository }}:{{ include "feast.tag" . }}
          {{- if and (eq .app "feast-core") (semverCompare "<0.5.0-0" .root.Chart.Version) }}
          readinessProbe: { httpGet: { path: /healthz, port: 8080 } }
          {{- else if and (has .component (list "core" "serving" "jobcontroller")) (semverCompare ">=0.5.0-0" .root.Chart.Version) }}
          readinessProbe: { exec: { command: [/usr/bin/grpc-health-probe, "-addr=:{{ .grpc }}"] } }
          {{- end }}
{{- end }}

{{- define "feast.settings" -}}
{{ include "feast.object" (merge (dict "kind" "ConfigMap") .) }}
data:
  {{- if semverCompare "<0.5.0-0" .root.Chart.Version }}
  application.yaml: |
    {{- toYaml (index .of "application.yaml" | default dict) | nindent 4 }}
  application-bundled-postgresql.yaml: |
    spring: { datasource: { url: "jdbc:postgresql://{{ .root.Release.Name }}-postgresql:5432/feast" } }
  {{- else }}
  application-generated.yaml: |
    spring: { datasource: { url: "jdbc:postgresql://{{ .root.Release.Name }}-postgresql:5432/postgres" } }
  application-override.yaml: |
    {{- toYaml (index .of "application-override.yaml") | nindent 4 }}
---
{{ include "feast.object" (merge (dict "kind" "Secret") .) }}
type: Opaque
stringData:
  application-secret.yaml: |
    {{- toYaml (index .of "application-secret.yaml") | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "feast.service" -}}
{{ include "feast.object" (merge (dict "kind" "Service") .) }}
spec:
  selector: {{- include "feast.selector" . | nindent 4 }}
  ports:
    - { name: http, port: 80, targetPort: 8080 }
    - { name: grpc, port: {{ .grpc }}, targetPort: {{ .grpc }} }
{{- end }}

{{- define "feast.part" -}}
{{- if .of.enabled }}
---
{{ include "feast.settings" . }}
---
{{ include "feast.service" . }}
---
{{ include "feast.workload" . }}
{{- end }}
{{- end }}
