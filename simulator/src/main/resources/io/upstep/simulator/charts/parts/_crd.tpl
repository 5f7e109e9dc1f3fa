{{- define "crd" -}}
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: {{ .plural }}.{{ .group }}
  labels:
    app.kubernetes.io/name: {{ .plural }}.{{ .group }}
    {{- include "part.common" (dict "root" .root "component" "polyaxon-config") | nindent 4 }}
spec:
  group: {{ .group }}
  scope: Namespaced
  names: { kind: {{ .kind }}, listKind: {{ .kind }}List, plural: {{ .plural }}, singular: {{ lower .kind }} }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
{{- end }}

{{- define "crds" -}}
{{- if not .Values.operator.skipCRD }}
{{- if semverCompare "<2.12.0-0" .Chart.Version }}
{{ include "crd" (dict "root" . "group" "core.polyaxon.com" "plural" "operations" "kind" "Operation") }}
{{- else }}
{{- range $plural, $kind := dict "jobs" "Job" "services" "Service" "kfjobs" "KFJob" "clusters" "Cluster" }}
---
{{ include "crd" (dict "root" $ "group" "polyaxon.com" "plural" $plural "kind" $kind) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
