{{/*
The CRD of a group that the cluster has, as JSON, or {}: (list $ GROUP). Who installs for some namespaces may not read CRDs, and would be refused the whole
chart: then it is not asked.
*/}}
{{- define "toolhive-registry.liveCrd" -}}
{{- $crd := dict -}}
{{- if eq (index . 0).Values.rbac.scope "cluster" -}}
{{- $crd = lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" (printf "mcpregistries.%s" (index . 1)) -}}
{{- end -}}
{{- toJson $crd -}}
{{- end -}}

{{/* "true" for a CRD that is ours: it has the field spec.service in v1alpha1, which is stored. */}}
{{- define "toolhive-registry.isOwnCrd" -}}
{{- $isOwn := false -}}
{{- range dig "spec" "versions" list . -}}
{{- if and (eq .name "v1alpha1") .storage (dig "schema" "openAPIV3Schema" "properties" "spec" "properties" "service" dict .) -}}
{{- $isOwn = true -}}
{{- end -}}
{{- end -}}
{{- $isOwn -}}
{{- end -}}

{{/* "true" where the CRD mcpregistries.toolhive.stacklok.dev of the cluster is somebody else's. */}}
{{- define "toolhive-registry.isForeignCrd" -}}
{{- $crd := include "toolhive-registry.liveCrd" (list . "toolhive.stacklok.dev") | fromJson -}}
{{- if $crd -}}
{{- include "toolhive-registry.isOwnCrd" $crd | ne "true" -}}
{{- else -}}
{{- /* ToolHive's of today is told by its version, which the API server tells everybody. */ -}}
{{- .Capabilities.APIVersions.Has "toolhive.stacklok.dev/v1beta1/MCPRegistry" -}}
{{- end -}}
{{- end -}}

{{/* "true" where `helm upgrade` brings the CRDs up to date, for which a ClusterRole is needed. */}}
{{- define "toolhive-registry.upgradesCrds" -}}
{{- $wanted := toString .Values.crds.upgrade -}}
{{- or (eq $wanted "true") (and (eq $wanted "auto") .Values.rbac.create (eq .Values.rbac.scope "cluster")) -}}
{{- end -}}

{{/*
"true" where a CRD of ours is of an earlier version than the chart's, as an earlier release has left it: `helm install` brings those alone that are missing.
The first of them named none.
*/}}
{{- define "toolhive-registry.hasOlderCrds" -}}
{{- $hasOlder := false -}}
{{- range $path, $_ := .Files.Glob "crds/*.yaml" -}}
{{- $own := $.Files.Get $path | fromYaml -}}
{{- $live := include "toolhive-registry.liveCrd" (list $ $own.spec.group) | fromJson -}}
{{- $version := dig "metadata" "annotations" "toolhive.stacklok.dev/crd-version" "" $live -}}
{{- $isOlder := or (not (regexMatch "^[0-9]+[.][0-9]+[.][0-9]+" $version)) (lt ((semver $version).Compare (semver (get $own.metadata.annotations "toolhive.stacklok.dev/crd-version"))) 0) -}}
{{- if and (include "toolhive-registry.isOwnCrd" $live | eq "true") $isOlder -}}
{{- $hasOlder = true -}}
{{- end -}}
{{- end -}}
{{- $hasOlder -}}
{{- end -}}
