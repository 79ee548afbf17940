{{/* Flags of the controller for metrics.tls. */}}
{{- define "toolhive-registry.metricsTlsArgs" -}}
{{- with .Values.metrics.tls -}}
{{- if and .clientCASecretName (not .secretName) -}}
{{- fail "metrics.tls.clientCASecretName needs metrics.tls.secretName: clients present certificates over TLS only" -}}
{{- end -}}
{{- if .secretName }}
- --metrics-cert-file=/metrics-tls/tls.crt
- --metrics-key-file=/metrics-tls/tls.key
{{- if .clientCASecretName }}
- --metrics-client-ca-file=/metrics-tls/client-ca.crt
{{- end }}
{{- end }}
{{- end -}}
{{- end -}}

{{/* Their volume: only the used keys of the Secrets. A pod waits for missing Secrets, and its Events say so. */}}
{{- define "toolhive-registry.metricsTlsVolume" -}}
{{- with .Values.metrics.tls -}}
{{- if .secretName }}
- name: metrics-tls
  projected:
    sources:
      - secret:
          name: {{ .secretName }}
          items: [{key: tls.crt, path: tls.crt}, {key: tls.key, path: tls.key}]
      {{- if .clientCASecretName }}
      - secret:
          name: {{ .clientCASecretName }}
          items: [{key: ca.crt, path: client-ca.crt}]
      {{- end }}
{{- end }}
{{- end -}}
{{- end -}}

{{/* `tlsConfig` of the controller's monitor, as JSON. Prometheus scrapes pods at their addresses, so it needs to know the name in the certificate. */}}
{{- define "toolhive-registry.metricsTlsConfig" -}}
{{- $name := printf "%s-metrics.%s.svc" (include "toolhive-registry.fullname" .) (include "toolhive-registry.namespace" .) -}}
{{- $config := dict "serverName" $name "ca" (dict "secret" (dict "name" .Values.metrics.tls.secretName "key" "ca.crt")) -}}
{{- range $field, $value := .Values.monitoring.controller.tlsConfig -}}
{{- $_ := set $config $field $value -}}
{{- end -}}
{{- toJson $config -}}
{{- end -}}
