{{/* ConfigMap with the files of a registry in the values. Its name differs from those of the controller, which end in -config and -deployed. */}}
{{- define "toolhive-registry.filesName" -}}
{{- printf "%s-catalog" . -}}
{{- end -}}

{{/* Group of registries in the values without a group: the first one, unless its CRD is somebody else's. */}}
{{- define "toolhive-registry.registryGroup" -}}
{{- ternary "toolhive.stacklok.io" "toolhive.stacklok.dev" (include "toolhive-registry.isForeignCrd" . | eq "true") -}}
{{- end -}}

{{/* Namespace of a registry in the values: (list $ NAME REGISTRY). Fails for one that the controller does not watch. */}}
{{- define "toolhive-registry.registryNamespace" -}}
{{- $root := index . 0 -}}
{{- $namespace := default (include "toolhive-registry.namespace" $root) (index . 2).namespace -}}
{{- $watched := (include "toolhive-registry.watched" $root | fromJson).namespaces -}}
{{- if and $watched (not (has $namespace $watched)) -}}
{{- fail (printf "registries.%s would be in namespace %s, which the controller does not watch; set registries.%s.namespace to one of rbac.watchNamespaces (%s), or add it there" (index . 1) $namespace (index . 1) (join ", " $watched)) -}}
{{- end -}}
{{- $namespace -}}
{{- end -}}

{{/* Labels and annotations of a registry in the values and of its ConfigMap, as fields of metadata: (list $ REGISTRY). */}}
{{- define "toolhive-registry.registryMetadata" -}}
{{- $labels := include "toolhive-registry.labelsOf" (list (index . 0) "catalog") | fromYaml -}}
labels: {{- mergeOverwrite $labels (default dict (index . 1).labels) | toYaml | nindent 2 }}
{{- with (index . 1).annotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Spec of a registry in the values: (list NAME REGISTRY). A single file is the source of a registry without sources. */}}
{{- define "toolhive-registry.registrySpec" -}}
{{- $name := index . 0 -}}
{{- $registry := index . 1 -}}
{{- $spec := deepCopy (default dict $registry.spec) -}}
{{- $files := keys (default dict $registry.files) | sortAlpha -}}
{{- if not (or $spec.source $spec.sources) -}}
{{- if not $files -}}
{{- fail (printf "registries.%s has no source; set registries.%s.spec.source, or bring a file: --set-file 'registries.%s.files.registry\\.json=registry.json'" $name $name $name) -}}
{{- end -}}
{{- if gt (len $files) 1 -}}
{{- fail (printf "registries.%s.files has %s, and nothing says which of them wins; name each in registries.%s.spec.sources, by configmap: {name: %s, key: FILE}" $name (join ", " $files) $name (include "toolhive-registry.filesName" $name)) -}}
{{- end -}}
{{- $_ := set $spec "source" (dict "configmap" (dict "name" (include "toolhive-registry.filesName" $name) "key" (first $files))) -}}
{{- end -}}
{{- toYaml $spec -}}
{{- end -}}

{{/*
Fails for a registry in the values that could not work: (list NAME REGISTRY SCHEMA), with the schema of an MCPRegistry's spec. Values of fields are validated by
the API server.
*/}}
{{- define "toolhive-registry.checkRegistry" -}}
{{- $name := index . 0 -}}
{{- $registry := index . 1 -}}
{{- if or (gt (len $name) 59) (not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name)) -}}
{{- fail (printf "registries.%s: a registry's name starts with a lower-case letter, has only lower-case letters, digits and -, and at most 59 characters, because NAME-api names its Service; rename it" $name) -}}
{{- end -}}
{{- include "toolhive-registry.checkFields" (dict "schema" (index . 2) "value" (default dict $registry.spec) "path" (printf "registries.%s.spec" $name)) -}}
{{- include "toolhive-registry.checkFiles" (list $name $registry) -}}
{{- end -}}

{{/* Fails for a field that is not in the schema of a CRD. With Helm the API server would drop it silently. */}}
{{- define "toolhive-registry.checkFields" -}}
{{- $schema := .schema -}}
{{- $path := .path -}}
{{- if and (kindIs "map" .value) (not (get $schema "x-kubernetes-preserve-unknown-fields")) -}}
{{- range $field, $value := .value -}}
{{- $child := dig "properties" $field (default dict $schema.additionalProperties) $schema -}}
{{- if not $child -}}
{{- fail (printf "%s.%s is not a field of an MCPRegistry; correct or remove it (docs/reference/mcpregistry.md has all of them)" $path $field) -}}
{{- end -}}
{{- include "toolhive-registry.checkFields" (dict "schema" $child "value" $value "path" (printf "%s.%s" $path $field)) -}}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $value := .value -}}
{{- include "toolhive-registry.checkFields" (dict "schema" (default dict $schema.items) "value" $value "path" (printf "%s[%d]" $path $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Fails for files of a registry that no source reads, for sources with a missing file, and for files that do not fit: (list NAME REGISTRY). */}}
{{- define "toolhive-registry.checkFiles" -}}
{{- $name := index . 0 -}}
{{- $registry := index . 1 -}}
{{- $configMap := include "toolhive-registry.filesName" $name -}}
{{- $spec := include "toolhive-registry.registrySpec" . | fromYaml -}}
{{- $files := default dict $registry.files -}}
{{- $read := list -}}
{{- range ternary $spec.sources (list $spec.source) (hasKey $spec "sources") -}}
{{- with .configmap -}}
{{- if eq (toString .name) $configMap -}}
{{- $read = append $read (default "registry.json" .key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $size := 0 -}}
{{- range $file, $content := $files -}}
{{- $size = add $size (len $content) -}}
{{- if not (has $file $read) -}}
{{- fail (printf "no source reads registries.%s.files, file %s; add one with configmap: {name: %s, key: %s} to registries.%s.spec.sources, or remove the file" $name $file $configMap $file $name) -}}
{{- end -}}
{{- end -}}
{{- if $files -}}
{{- range $read -}}
{{- if not (hasKey $files .) -}}
{{- fail (printf "registries.%s.spec reads file %s of ConfigMap %s, and registries.%s.files has no such file; it has %s" $name . $configMap $name (keys $files | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if gt (int $size) 900000 -}}
{{- fail (printf "registries.%s.files has %d bytes, and a ConfigMap holds 1 MiB at most, as does what Helm keeps of a release; serve the catalog from a source of type git or url, or from a ConfigMap of your own with the file in gzip" $name (int $size)) -}}
{{- end -}}
{{- end -}}

{{/* How to see the catalog of a registry, for the notes: (list $ NAME NAMESPACE). */}}
{{- define "toolhive-registry.seeCatalog" -}}
{{- $name := index . 1 -}}
{{- $command := printf "kubectl port-forward service/%s-api 8080 --namespace %s" $name (index . 2) -}}
See the catalog of {{ $name }}{{ if (index . 0).Values.registryDefaults.ui }} in a browser, at http://127.0.0.1:8080/{{ else }}, at http://127.0.0.1:8080/v0.1/servers{{ end }}:
     {{ $command }}
{{- end -}}
