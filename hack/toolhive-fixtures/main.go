// Converts servers with ToolHive's own converters, for the table of cases in
// catalog/src/formats/toolhive/converters.test.ts. Run it with hack/toolhive-fixtures/run.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	upstream "github.com/modelcontextprotocol/registry/pkg/api/v0"
	"github.com/stacklok/toolhive-core/registry/converters"
	registry "github.com/stacklok/toolhive-core/registry/types"
)

// One case: a server in one form, and what it is to be converted to.
type conversion struct {
	Case  string          `json:"case"`
	To    string          `json:"to"` // server.json of an image or a remote; image or remote of a server.json
	From  string          `json:"from,omitempty"`
	Key   string          `json:"key,omitempty"`
	Input json.RawMessage `json:"input"`
}

type converted struct {
	Case   string `json:"case"`
	To     string `json:"to"`
	Output any    `json:"output,omitempty"`
	Error  string `json:"error,omitempty"`
}

func main() {
	var cases []conversion
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, "the cases cannot be read:", err)
		os.Exit(1)
	}
	lines := json.NewEncoder(os.Stdout)
	lines.SetEscapeHTML(false)
	for _, one := range cases {
		output, err := convert(one)
		result := converted{Case: one.Case, To: one.To}
		if err != nil {
			result.Error = err.Error()
		} else {
			result.Output = output
		}
		if err := lines.Encode(result); err != nil {
			fmt.Fprintln(os.Stderr, one.Case, err)
			os.Exit(1)
		}
	}
}

func convert(one conversion) (any, error) {
	if one.To == "server.json" {
		if one.From == "remote" {
			var remote registry.RemoteServerMetadata
			if err := json.Unmarshal(one.Input, &remote); err != nil {
				return nil, err
			}
			return converters.RemoteServerMetadataToServerJSON(one.Key, &remote)
		}
		var image registry.ImageMetadata
		if err := json.Unmarshal(one.Input, &image); err != nil {
			return nil, err
		}
		return converters.ImageMetadataToServerJSON(one.Key, &image)
	}
	var server upstream.ServerJSON
	if err := json.Unmarshal(one.Input, &server); err != nil {
		return nil, err
	}
	if one.To == "remote" {
		return converters.ServerJSONToRemoteServerMetadata(&server)
	}
	return converters.ServerJSONToImageMetadata(&server)
}
