{{/* Name of the chart's objects. */}}
{{- define "toolhive-registry.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 55 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 55 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 55 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Namespace of the chart's objects. */}}
{{- define "toolhive-registry.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end -}}

{{/* What the Deployment and the Service select by. Never changes: a Deployment's selector cannot. */}}
{{- define "toolhive-registry.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: controller
{{- end -}}

{{/* Labels of every object. */}}
{{- define "toolhive-registry.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "toolhive-registry.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: toolhive-registry
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "toolhive-registry.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "toolhive-registry.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* An image reference from registry, repository, tag and digest: (list $ .Values.image). */}}
{{- define "toolhive-registry.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $name := $image.repository -}}
{{- with $image.registry -}}{{- $name = printf "%s/%s" (trimSuffix "/" .) $name -}}{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default $root.Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The watched namespaces as a JSON object {"namespaces": […]}, empty for all of them. */}}
{{- define "toolhive-registry.watched" -}}
{{- $namespaces := list -}}
{{- if eq .Values.rbac.scope "namespaces" -}}
{{- $namespaces = default (list (include "toolhive-registry.namespace" .)) .Values.rbac.watchNamespaces | uniq | sortAlpha -}}
{{- else if .Values.rbac.watchNamespaces -}}
{{- fail "rbac.watchNamespaces needs rbac.scope=namespaces; with scope cluster all namespaces are watched" -}}
{{- end -}}
{{- dict "namespaces" $namespaces | toJson -}}
{{- end -}}

{{/* Heap limit in MiB: heapPercent of resources.limits.memory. Empty if there is no limit. */}}
{{- define "toolhive-registry.heapMiB" -}}
{{- $limit := toString (dig "limits" "memory" "" .Values.resources) -}}
{{- if and .Values.heapPercent $limit -}}
{{- $number := regexFind "^[0-9]+(\\.[0-9]+)?" $limit | float64 -}}
{{- $unit := regexFind "[A-Za-z]*$" $limit -}}
{{- $bytes := dict "" 1.0 "k" 1000.0 "Ki" 1024.0 "M" 1000000.0 "Mi" 1048576.0 "G" 1000000000.0 "Gi" 1073741824.0 -}}
{{- if not (hasKey $bytes $unit) -}}
{{- fail (printf "resources.limits.memory is %q; write it in Mi or Gi, or set heapPercent to 0" $limit) -}}
{{- end -}}
{{- divf (mulf $number (get $bytes $unit) .Values.heapPercent) 100 1048576 | floor | int -}}
{{- end -}}
{{- end -}}

{{/* Arguments that say how registries may be exposed, as a YAML list. */}}
{{- define "toolhive-registry.exposeArgs" -}}
{{- $ways := list }}
{{- range $way := list "ingress" "gateway" }}
{{- if get $.Values.registryDefaults.expose $way }}{{ $ways = append $ways $way }}{{ end }}
{{- end -}}
- --expose={{ join "," $ways | default "none" }}
{{- with .Values.registryDefaults.expose.hosts }}
- --expose-hosts={{ join "," . }}
{{- end }}
{{- end -}}

{{/* Arguments for the registries' NetworkPolicies, as a YAML list. */}}
{{- define "toolhive-registry.networkPolicyArgs" -}}
{{- $policy := .Values.registryDefaults.networkPolicy -}}
- --network-policy={{ $policy.enabled }}
{{- if $policy.enabled }}
{{- if eq .Values.registryDefaults.access "apiserver-proxy" }}
{{- fail "registryDefaults.access=apiserver-proxy needs registryDefaults.networkPolicy.enabled=false: the API server would ask the registries for their status, and no NetworkPolicy can admit it" }}
{{- end }}
{{- $labels := list }}
{{- range $name, $value := include "toolhive-registry.selectorLabels" . | fromYaml }}
{{- $labels = append $labels (printf "%s=%v" $name $value) }}
{{- end }}
- --controller-pods={{ include "toolhive-registry.namespace" . }}/{{ join "," $labels }}
{{- with $policy.scraperNamespaces }}
- --scraper-namespaces={{ join "," . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Arguments for the registries' defaults, as a YAML list. Empty values are left to the controller. */}}
{{- define "toolhive-registry.registryDefaultArgs" -}}
{{- $defaults := .Values.registryDefaults -}}
{{- with $defaults.imagePullSecrets }}
{{- $names := list }}
{{- range . }}{{ $names = append $names .name }}{{ end }}
- --registry-image-pull-secrets={{ join "," $names }}
{{- end }}
{{- with $defaults.resources }}
- {{ printf "--registry-resources=%s" (toJson .) | squote }}
{{- end }}
{{- with $defaults.syncInterval }}
- --registry-sync-interval={{ . }}
{{- end }}
{{- with $defaults.privateAddresses }}
- --registry-private-addresses={{ . }}
{{- end }}
{{- with $defaults.log.level }}
- --registry-log-level={{ . }}
{{- end }}
{{- with $defaults.log.format }}
- --registry-log-format={{ . }}
{{- end }}
{{- with $defaults.proxy.httpProxy }}
- {{ printf "--registry-http-proxy=%s" . | quote }}
{{- end }}
{{- with $defaults.proxy.httpsProxy }}
- {{ printf "--registry-https-proxy=%s" . | quote }}
{{- end }}
{{- with $defaults.proxy.noProxy }}
- {{ printf "--registry-no-proxy=%s" . | quote }}
{{- end }}
{{- end -}}

{{/* How an update replaces the controller's pods. */}}
{{- define "toolhive-registry.updateStrategy" -}}
{{- $strategy := .Values.updateStrategy -}}
{{- if and (not .Values.leaderElection.enabled) $strategy (ne (toString $strategy.type) "Recreate") -}}
{{- fail "updateStrategy needs leaderElection.enabled=true: without leader election two controllers must never run at once, and only the type Recreate prevents that" -}}
{{- end -}}
{{- if $strategy -}}
{{ toYaml $strategy }}
{{- else if .Values.leaderElection.enabled -}}
# The new pod has read everything before the old one releases its Lease.
type: RollingUpdate
rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
{{- else -}}
# Nothing else prevents two from working at once.
type: Recreate
{{- end -}}
{{- end -}}

{{/* Arguments for the election of a leader, as a YAML list. */}}
{{- define "toolhive-registry.leaderElectionArgs" -}}
{{- if .Values.leaderElection.enabled -}}
- --leader-elect
- --leader-election-namespace={{ .Values.leaderElection.namespace }}
{{- else -}}
{{- if gt (int .Values.replicas) 1 -}}
{{- fail (printf "replicas is %d and leaderElection.enabled is false: without leader election they would overwrite each other's changes; use one replica, or enable leaderElection" (int .Values.replicas)) -}}
{{- end -}}
- --no-leader-elect
{{- end -}}
{{- end -}}

{{/* "true" if the admission policies are installed. They are cluster-wide: whoever installs for some namespaces may lack the permission, and has to enable them. */}}
{{- define "toolhive-registry.enforces" -}}
{{- $wanted := toString .Values.enforcement.enabled -}}
{{- or (eq $wanted "true") (and (eq $wanted "auto") (eq .Values.rbac.scope "cluster")) -}}
{{- end -}}

{{/* "true" if the aggregated ClusterRoles are installed, which are cluster-wide, too. */}}
{{- define "toolhive-registry.aggregates" -}}
{{- $wanted := toString .Values.rbac.aggregateRoles -}}
{{- or (eq $wanted "true") (and (eq $wanted "auto") .Values.rbac.create (eq .Values.rbac.scope "cluster")) -}}
{{- end -}}

{{/* Name prefix of cluster-wide objects. Releases in different namespaces may have the same name. */}}
{{- define "toolhive-registry.clusterName" -}}
{{- $name := include "toolhive-registry.fullname" . -}}
{{- if eq .Values.rbac.scope "namespaces" -}}
{{- $name = printf "%s-%s" (include "toolhive-registry.namespace" .) $name -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* Labels of an object that is not part of the controller, so that selectors of the controller's pods do not match it: (list $ COMPONENT). */}}
{{- define "toolhive-registry.labelsOf" -}}
{{- $labels := include "toolhive-registry.labels" (index . 0) | fromYaml -}}
{{- set $labels "app.kubernetes.io/component" (index . 1) | toYaml -}}
{{- end -}}
