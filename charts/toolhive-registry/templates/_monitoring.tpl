{{/*
Fails if Helm has a cluster that does not have the kind: (list $ "ServiceMonitor" "monitoring.controller.enabled"). `helm template` has no cluster: it knows the
groups of Kubernetes itself, but none of their kinds.
*/}}
{{- define "toolhive-registry.needsOperator" -}}
{{- $versions := (index . 0).Capabilities.APIVersions -}}
{{- $kind := index . 1 -}}
{{- if and ($versions.Has "v1/Pod") (not ($versions.Has (printf "monitoring.coreos.com/v1/%s" $kind))) -}}
{{- fail (printf "%s=true needs the CRDs of Prometheus Operator, and this cluster has no %s of monitoring.coreos.com/v1: install them first, or set %s=false" (index . 2) $kind (index . 2)) -}}
{{- end -}}
{{- end -}}

{{/* Labels of monitors and rules. */}}
{{- define "toolhive-registry.monitoringLabels" -}}
{{ include "toolhive-registry.labels" . }}
{{- with .Values.monitoring.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A target of a monitor: (dict "port" NAME "monitor" VALUES "relabelings" LIST), and "tls" with the tlsConfig for scraping over TLS. */}}
{{- define "toolhive-registry.endpoint" -}}
- port: {{ .port }}
  path: /metrics
  {{- with .tls }}
  scheme: https
  tlsConfig: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .monitor.interval }}
  interval: {{ . }}
  {{- end }}
  {{- with .monitor.scrapeTimeout }}
  scrapeTimeout: {{ . }}
  {{- end }}
  {{- with concat .relabelings .monitor.relabelings }}
  relabelings: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .monitor.metricRelabelings }}
  metricRelabelings: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
