{{- /* Pieces that all our test charts are made of. They look like Polyaxon's from the outside and do nothing inside. */}}

{{- define "part.full" -}}
{{ .root.Release.Name }}-polyaxon-{{ .name }}
{{- end }}

{{- define "part.common" -}}
app.kubernetes.io/instance: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
app.kubernetes.io/version: {{ .root.Chart.Version | quote }}
app.kubernetes.io/part-of: polyaxon-core
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/managed-by: helm
release: {{ .root.Release.Name }}
heritage: {{ .root.Release.Service }}
{{- end }}

{{- define "part.labels" -}}
app.kubernetes.io/name: {{ .label | default (include "part.full" .) }}
{{ include "part.common" . }}
{{- if semverCompare "<1.1.1-0" .root.Chart.Version }}
app: {{ include "part.full" . }}
type: polyaxon-core
role: {{ .component }}
{{- end }}
{{- end }}

{{- define "part.podLabels" -}}
{{- if semverCompare ">=1.1.1-0" .root.Chart.Version -}}
{{ include "part.labels" . }}
{{- else -}}
app: {{ include "part.full" . }}
release: {{ .root.Release.Name }}
type: polyaxon-core
role: {{ .component }}
{{- if semverCompare ">=0.6.0-0" .root.Chart.Version }}
app.kubernetes.io/name: {{ include "part.full" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}
{{- end }}
{{- end }}

{{- define "part.selector" -}}
{{- if semverCompare "<0.6.0-0" .root.Chart.Version -}}
{{ include "part.podLabels" . }}
{{- else -}}
app.kubernetes.io/name: {{ .label | default (include "part.full" .) }}
{{- if semverCompare "<1.1.1-0" .root.Chart.Version }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}
{{- end }}
{{- end }}

{{- define "part.env" -}}
envFrom:
{{- range .configs }}
  - configMapRef: { name: {{ $.root.Release.Name }}-polyaxon-{{ . }} }
{{- end }}
{{- range .secrets }}
  - secretRef: { name: {{ $.root.Release.Name }}-polyaxon-{{ . }} }
{{- end }}
{{- end }}

{{- define "part.probe" -}}
{{- if and .probe (kindIs "string" .probe) }}
readinessProbe: { exec: { command: [{{ .probe }}] } }
{{- else if .probe }}
readinessProbe: { httpGet: { path: {{ .probe.path }}, port: {{ .probe.port }} } }
livenessProbe: { httpGet: { path: {{ .probe.path }}, port: {{ .probe.port }} } }
{{- end }}
{{- end }}

{{- define "part.container" -}}
- name: {{ .name }}
  image: "{{ .of.image }}:{{ .of.imageTag }}"
  imagePullPolicy: {{ .of.imagePullPolicy | default "IfNotPresent" }}
  {{- with .args }}
  args: {{ toJson . }}
  {{- end }}
  {{- with .port }}
  ports: [{ containerPort: {{ . }} }]
  {{- end }}
  {{- include "part.env" . | nindent 2 }}
  {{- include "part.probe" . | nindent 2 }}
{{- end }}

{{- define "part.workload" -}}
apiVersion: apps/v1
kind: {{ .kind | default "Deployment" }}
metadata:
  name: {{ include "part.full" . }}
  labels: {{- include "part.labels" (merge (dict "label" (.oddLabel | default .label)) .) | nindent 4 }}
spec:
  {{- if ne (.kind | default "Deployment") "DaemonSet" }}
  replicas: {{ ternary .of.replicas 1 (hasKey .of "replicas") }}
  {{- end }}
  selector:
    matchLabels: {{- include "part.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "part.podLabels" . | nindent 8 }}
      annotations:
        chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
        checksum/values: {{ toJson .root.Values | sha256sum }}
    spec:
      serviceAccountName: {{ .root.Release.Name }}-polyaxon-{{ .account }}
      {{- with .root.Values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
      {{- range .containers }}
      {{- include "part.container" (merge (dict "root" $.root "configs" $.configs "secrets" $.secrets) .) | nindent 8 }}
      {{- end }}
{{- end }}

{{- define "part.object" -}}
apiVersion: {{ .apiVersion | default "v1" }}
kind: {{ .kind }}
metadata:
  name: {{ include "part.full" . }}
  labels: {{- include "part.labels" . | nindent 4 }}
{{- end }}

{{- define "part.service" -}}
{{ include "part.object" (merge (dict "kind" "Service") .) }}
spec:
  type: {{ .type | default "ClusterIP" }}
  selector:
  {{- if semverCompare "<1.1.1-0" .root.Chart.Version }}
    app: {{ include "part.full" . }}
  {{- else }}
    app.kubernetes.io/name: {{ include "part.full" . }}
  {{- end }}
  ports:
  {{- range .ports }}
    - { name: {{ .name }}, port: {{ .port }}, targetPort: {{ .targetPort }} }
  {{- end }}
{{- end }}

{{- define "part.rights" -}}
{{ $scope := .scope | default "" }}
{{ include "part.object" (dict "root" .root "apiVersion" "rbac.authorization.k8s.io/v1" "kind" (print $scope "Role") "name" .name "component" .component) }}
rules:
  - apiGroups: ["", apps, batch, core.polyaxon.com]
    resources: ["*"]
    verbs: [get, list, watch, create, update, patch, delete]
---
{{ include "part.object" (dict "root" .root "apiVersion" "rbac.authorization.k8s.io/v1" "kind" (print $scope "RoleBinding") "name" (print .name "-binding") "component" .component) }}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: {{ $scope }}Role, name: {{ include "part.full" . }} }
subjects:
  - { kind: ServiceAccount, name: {{ .root.Release.Name }}-polyaxon-{{ .account }}, namespace: {{ .root.Release.Namespace }} }
{{- end }}

{{- define "part.hook" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels:
    app.kubernetes.io/name: {{ include "part.full" . }}
    {{- include "part.common" (dict "root" .root "component" "polyaxon-hooks") | nindent 4 }}
  annotations:
    helm.sh/hook: {{ .on }}
    helm.sh/hook-weight: {{ .weight | quote }}
    helm.sh/hook-delete-policy: {{ .forget | default "hook-succeeded,before-hook-creation" }}
spec:
  backoffLimit: {{ .retries | default 0 }}
  activeDeadlineSeconds: 360
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {{ include "part.full" . }}
    spec:
      restartPolicy: Never
      containers:
      {{- include "part.container" (merge (dict "name" (print .name "-job")) .) | nindent 8 }}
{{- end }}

{{- /* A store that another chart brings: its own labels, its own numbers. */}}
{{- define "store.labels" -}}
{{- if .modern -}}
app.kubernetes.io/name: {{ .app }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .chart }}
{{- else -}}
app: {{ .app }}
chart: {{ .chart }}
release: {{ .root.Release.Name }}
heritage: {{ .root.Release.Service }}
{{- end }}
{{- end }}

{{- define "store.selector" -}}
{{- if .modern -}}
app.kubernetes.io/name: {{ .app }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .part }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- else -}}
app: {{ .app }}
{{- if not .alone }}
release: {{ .root.Release.Name }}
{{- end }}
{{- with .part }}
role: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "store.object" -}}
apiVersion: {{ .apiVersion | default "v1" }}
kind: {{ .kind }}
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels: {{- include "store.labels" . | nindent 4 }}
{{- end }}

{{- define "store.service" -}}
{{ include "store.object" (merge (dict "kind" "Service") .) }}
spec:
  {{- if .headless }}
  clusterIP: None
  {{- end }}
  selector: {{- include "store.selector" . | nindent 4 }}
  ports: [{ name: {{ .portName }}, port: {{ .port }}, targetPort: {{ .portName }} }]
{{- end }}

{{- define "store.pods" -}}
selector:
  matchLabels: {{- include "store.selector" . | nindent 4 }}
template:
  metadata:
    labels:
      {{- include "store.selector" . | nindent 6 }}
  spec:
    containers:
      - name: {{ .app }}
        image: {{ .image | quote }}
        ports: [{ name: {{ .portName }}, containerPort: {{ .port }} }]
        {{- if .probe }}
        {{- include "part.probe" . | nindent 8 }}
        {{- end }}
        {{- with .secret }}
        env:
          - { name: PASSWORD, valueFrom: { secretKeyRef: { name: {{ $.root.Release.Name }}-{{ .name }}, key: {{ .key }} } } }
        {{- end }}
        volumeMounts: [{ name: data, mountPath: /data }]
    {{- if not .template }}
    volumes:
      - name: data
        {{- if .claim }}
        persistentVolumeClaim: { claimName: {{ .claim }} }
        {{- else }}
        emptyDir: {}
        {{- end }}
    {{- end }}
{{- end }}

{{- define "store.set" -}}
{{ include "store.object" (merge (dict "kind" "StatefulSet" "apiVersion" "apps/v1") .) }}
spec:
  serviceName: {{ .root.Release.Name }}-{{ .serviceName }}
  replicas: {{ .replicas | default 1 }}
  {{- include "store.pods" . | nindent 2 }}
  {{- if .template }}
  volumeClaimTemplates:
    - metadata:
        name: data
        {{- with .claimAnnotations }}
        annotations: {{- toYaml . | nindent 10 }}
        {{- end }}
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: {{ .size | default "8Gi" }} } } }
  {{- end }}
{{- end }}
