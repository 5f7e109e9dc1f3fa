{{- /* What the platform's chart from 1 on and the agent's chart have in common. */}}

{{- define "agent.accounts" -}}
{{- $c := dict "root" . "component" "polyaxon-config" }}
{{- $first := semverCompare "<1.2.0-0" .Chart.Version }}
{{- $wide := and (eq .Chart.Name "polyaxon") (semverCompare "<1.13.0-0" .Chart.Version) }}
{{- $agent := ternary "sa" "agent-sa" $first }}
{{- range list $agent "operator-sa" "runs-sa" }}
---
{{ include "part.object" (merge (dict "kind" "ServiceAccount" "name" .) $c) }}
{{- end }}
{{- $role := ternary "" "agent-" $first }}
---
{{ include "part.rights" (merge (dict "name" (print $role "role") "account" $agent) $c) }}
---
{{ include "part.rights" (merge (dict "name" "runs-role" "account" "runs-sa") $c) }}
---
{{ include "part.rights" (merge (dict "scope" (ternary "Cluster" "" $wide) "name" "operator-role" "account" "operator-sa") $c) }}
{{- if $wide }}
---
{{ include "part.rights" (merge (dict "scope" "Cluster" "name" (print $role "clusterrole") "account" $agent) $c) }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: leader-election-role }
rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get, create, update] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: leader-election-rolebinding }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: leader-election-role }
subjects: [{ kind: ServiceAccount, name: {{ .Release.Name }}-polyaxon-operator-sa, namespace: {{ .Release.Namespace }} }]
{{- end }}
{{- end }}

{{- define "agent.settings" -}}
{{- $c := dict "root" . "component" "polyaxon-config" }}
{{ include "part.object" (merge (dict "kind" "ConfigMap" "name" "config") $c) }}
data:
  POLYAXON_CHART_VERSION: {{ .Chart.Version | quote }}
  POLYAXON_CHART_IS_UPGRADE: {{ .Release.IsUpgrade | quote }}
  POLYAXON_CHART_REVISION: {{ .Release.Revision | quote }}
  POLYAXON_K8S_NAMESPACE: {{ .Release.Namespace }}
---
{{ include "part.object" (merge (dict "kind" "ConfigMap" "name" "agent-config") $c) }}
data:
  POLYAXON_K8S_IN_CLUSTER: "true"
  POLYAXON_ARTIFACTS_STORE: {{ toJson .Values.artifactsStore | quote }}
  POLYAXON_CONNECTIONS_CATALOG: {{ toJson .Values.connections | quote }}
---
{{ include "part.object" (merge (dict "kind" "ConfigMap" "name" "proxies-config") $c) }}
data:
  POLYAXON_PROXY_GATEWAY_HOST: {{ .Release.Name }}-polyaxon-gateway
{{- if .Values.agent.token }}
---
{{ include "part.object" (merge (dict "kind" "Secret" "name" "agent-secret") $c) }}
type: Opaque
stringData: { POLYAXON_AUTH_TOKEN: {{ .Values.agent.token | quote }} }
{{- end }}
{{- end }}

{{- define "agent.own" -}}
{{- $v := .Values }}
{{- $configs := list "config" "agent-config" "proxies-config" }}
{{- if $v.operator.enabled }}
{{ include "part.workload" (dict "root" . "name" "operator" "component" "polyaxon-agent" "of" $v.operator "account" "operator-sa" "configs" $configs "secrets" list "containers" (list (dict "name" (print .Chart.Name "-operator") "of" $v.operator))) }}
{{- end }}
---
{{- if $v.agent.enabled }}
{{- $probe := ternary "polyaxon" "" (semverCompare "<2.0.0-0" .Chart.Version) }}
{{ include "part.workload" (dict "root" . "name" "agent" "component" "polyaxon-agent" "of" $v.agent "account" (ternary "sa" "agent-sa" (semverCompare "<1.2.0-0" .Chart.Version)) "configs" $configs "secrets" list "containers" (list (dict "name" (print .Chart.Name "-agent") "of" $v.agent "probe" $probe))) }}
{{- end }}
{{- end }}

{{- define "agent.hooks" -}}
{{ include "part.hook" (dict "root" . "name" "clean-runs" "on" "pre-delete" "weight" -10 "forget" "hook-succeeded,hook-failed" "of" .Values.cleanHooks "args" (list "admin" "clean-ops") "configs" (list "config") "secrets" list) }}
{{- end }}

{{- /* One that answers over HTTP: a Deployment with a probe, and a Service unless it is told not to have one. */}}
{{- define "web.part" -}}
{{- $v := index .root.Values .of }}
{{- if ne (toString $v.enabled) "false" }}
{{- $port := $v.service.targetPort }}
{{- $one := dict "name" (print .root.Chart.Name "-" (.container | default .name)) "of" $v "port" $port "probe" (dict "path" "/healthz/" "port" $port) }}
{{ include "part.workload" (dict "root" .root "name" .name "label" .label "component" .component "of" $v "account" .account "configs" .configs "secrets" .secrets "containers" (list $one)) }}
---
{{- $s := $v.service }}
{{ include "part.service" (dict "root" .root "name" .of "component" .component "type" $s.type "ports" (list (dict "name" $s.name "port" $s.port "targetPort" $port))) }}
{{- end }}
{{- end }}
