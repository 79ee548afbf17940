module example.com/toolhive-fixtures

go 1.26.8

require (
	github.com/modelcontextprotocol/registry v1.8.1
	github.com/stacklok/toolhive-core v0.0.40
)

require (
	github.com/xeipuuv/gojsonpointer v0.0.0-20180127040702-4e3ac2762d5f // indirect
	github.com/xeipuuv/gojsonreference v0.0.0-20180127040603-bd5ef7bd5415 // indirect
	github.com/xeipuuv/gojsonschema v1.2.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
