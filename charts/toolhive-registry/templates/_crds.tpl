{{/*
The cluster's CRD of a group, as JSON, or {}: (list $ GROUP). It is not looked up with rbac.scope=namespaces: whoever installs for some namespaces may not be
allowed to read CRDs, and the whole chart would be refused.
*/}}
{{- define "toolhive-registry.liveCrd" -}}
{{- $crd := dict -}}
{{- if eq (index . 0).Values.rbac.scope "cluster" -}}
{{- $crd = lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" (printf "mcpregistries.%s" (index . 1)) -}}
{{- end -}}
{{- toJson $crd -}}
{{- end -}}

{{/* "true" for a CRD that is ours: v1alpha1 is its storage version and has the field spec.service. */}}
{{- define "toolhive-registry.isOwnCrd" -}}
{{- $isOwn := false -}}
{{- range dig "spec" "versions" list . -}}
{{- if and (eq .name "v1alpha1") .storage (dig "schema" "openAPIV3Schema" "properties" "spec" "properties" "service" dict .) -}}
{{- $isOwn = true -}}
{{- end -}}
{{- end -}}
{{- $isOwn -}}
{{- end -}}

{{/* "true" if the cluster's CRD mcpregistries.toolhive.stacklok.dev is somebody else's. */}}
{{- define "toolhive-registry.isForeignCrd" -}}
{{- $crd := include "toolhive-registry.liveCrd" (list . "toolhive.stacklok.dev") | fromJson -}}
{{- if $crd -}}
{{- include "toolhive-registry.isOwnCrd" $crd | ne "true" -}}
{{- else -}}
{{- /* ToolHive's current CRD is recognized by its version, which the API server lists for everybody. */ -}}
{{- .Capabilities.APIVersions.Has "toolhive.stacklok.dev/v1beta1/MCPRegistry" -}}
{{- end -}}
{{- end -}}

{{/* "true" if `helm upgrade` upgrades the CRDs, which needs a ClusterRole. */}}
{{- define "toolhive-registry.upgradesCrds" -}}
{{- $wanted := toString .Values.crds.upgrade -}}
{{- or (eq $wanted "true") (and (eq $wanted "auto") .Values.rbac.create (eq .Values.rbac.scope "cluster")) -}}
{{- end -}}

{{/*
"true" if a CRD of ours is an earlier version than the chart's, left by an earlier release: `helm install` only adds missing ones. The first versions have no
annotation.
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
