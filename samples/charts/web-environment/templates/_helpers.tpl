{{- define "web-environment.host" -}}
pr-{{ .Values.prNumber | int64 }}.{{ .Values.ingress.domain }}
{{- end }}

{{- define "web-environment.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.prSHA | trunc 7 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
