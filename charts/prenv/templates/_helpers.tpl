{{/* What all names begin with: "prenv" for the releases "prenv" and "prenv-controller". */}}
{{- define "prenv.base" -}}
{{ .Values.nameOverride | default (.Release.Name | trimSuffix "-controller") | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The name of the Deployment, and of most other objects. */}}
{{- define "prenv.name" -}}
{{ include "prenv.base" . }}-controller
{{- end }}

{{- define "prenv.selectorLabels" -}}
app.kubernetes.io/name: prenv-controller
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "prenv.labels" -}}
{{ include "prenv.selectorLabels" . }}
app.kubernetes.io/part-of: prenv
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "prenv.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (ternary (include "prenv.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- define "prenv.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{/* The port of an option that is an address, such as ":8080"; empty if it is "0", which disables the endpoint. */}}
{{- define "prenv.port" -}}
{{- $port := regexFind "[0-9]+$" (toString .) -}}
{{- if ne $port "0" }}{{ $port }}{{ end }}
{{- end }}

{{- define "prenv.metricsPort" -}}
{{ include "prenv.port" (dig "metricsBindAddress" ":8080" .Values.options) }}
{{- end }}

{{/* How Prometheus shows who it is. */}}
{{- define "prenv.metricsAuthorization" -}}
{{- if .Values.options.metricsAuth -}}
authorization:
  credentials:
    name: {{ include "prenv.base" . }}-metrics-reader
    key: token
{{- end }}
{{- end }}

{{- define "prenv.healthPort" -}}
{{ include "prenv.port" (dig "healthProbeBindAddress" ":8081" .Values.options) }}
{{- end }}

{{- define "prenv.webhookPort" -}}
{{ include "prenv.port" (dig "webhookBindAddress" ":9292" .Values.options) }}
{{- end }}

{{- define "prenv.pagePort" -}}
{{ include "prenv.port" (dig "uiBindAddress" ":8082" .Values.options) }}
{{- end }}

{{/* Where the Lease is. */}}
{{- define "prenv.leaseNamespace" -}}
{{ .Values.options.leaderElectNamespace | default .Release.Namespace }}
{{- end }}

{{/* A binding of the ServiceAccount: (list $ "Role" name namespace), or (list $ "ClusterRole" name). */}}
{{- define "prenv.binding" -}}
{{- $top := index . 0 }}{{ $kind := index . 1 }}{{ $name := index . 2 -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}Binding
metadata:
  name: {{ $name }}
  {{- if eq $kind "Role" }}
  namespace: {{ index . 3 }}
  {{- end }}
  labels:
    {{- include "prenv.labels" $top | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ $kind }}
  name: {{ $name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "prenv.serviceAccountName" $top }}
    namespace: {{ $top.Release.Namespace }}
{{- end }}

{{/* What the controller needs where it watches. */}}
{{- define "prenv.rules" -}}
# patch is for the finalizer and for the effects of commands in comments.
- apiGroups: [prcontroller.controllers.ephemeralenv.io]
  resources: [prephemeralenvcontrollers]
  verbs: [get, list, watch, patch]
- apiGroups: [prcontroller.controllers.ephemeralenv.io]
  resources: [prephemeralenvcontrollers/status]
  verbs: [patch]
# Server-side apply needs create and patch.
- apiGroups: [helm.toolkit.fluxcd.io]
  resources: [helmreleases]
  verbs: [get, list, watch, create, patch, delete]
# One at a time, while a HelmRelease waits for its chart: why it does is known there only.
- apiGroups: [source.toolkit.fluxcd.io]
  resources: [helmcharts]
  verbs: [get]
{{- if .Values.rbac.secrets.all }}
# One at a time, and only those that a resource references; they are never listed.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
{{- end }}
# patch is for an event that recurs.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}
