{{/* A number among values is a float to Helm, which prints a million as 1e+06. */}}
{{- define "ephemeral-env.prNumber" -}}
{{ .Values.prNumber | int64 }}
{{- end }}

{{- define "ephemeral-env.namespace" -}}
pr-{{ include "ephemeral-env.prNumber" . }}
{{- end }}

{{- define "ephemeral-env.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ephemeral-env.labels" -}}
{{ include "ephemeral-env.selectorLabels" . }}
app.kubernetes.io/version: {{ .Values.prSHA | trunc 7 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
