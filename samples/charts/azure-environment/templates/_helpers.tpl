{{/* A number among values is a float to Helm, which prints a million as 1e+06. */}}
{{- define "azure-environment.suffix" -}}
{{ .Values.prefix }}pr{{ .Values.prNumber | int64 }}
{{- end }}

{{- define "azure-environment.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "azure-environment.tags" -}}
pull-request: {{ .Values.prNumber | int64 | quote }}
made-by: prenv
{{- end }}

{{/* What the application's chart is given; application.values goes over it. */}}
{{- define "azure-environment.values" -}}
image:
  tag: {{ printf "%s%s" .Values.application.tagPrefix .Values.prSHA | quote }}
database:
  name: {{ .Values.postgres.database }}
  user: {{ .Values.postgres.login }}
service:
  type: LoadBalancer
  annotations:
    # http://<this>.<location>.cloudapp.azure.com, which the health check asks.
    service.beta.kubernetes.io/azure-dns-label-name: ephenvtest{{ include "azure-environment.suffix" . }}
{{- end }}
