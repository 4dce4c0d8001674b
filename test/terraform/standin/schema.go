package main

import (
	"encoding/json"
	"fmt"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// providerSchema is one provider as `terraform providers schema -json` writes it, and the address it serves.
type providerSchema struct {
	Address     string            `json:"address"`
	Provider    schema            `json:"provider"`
	Resources   map[string]schema `json:"resource_schemas"`
	DataSources map[string]schema `json:"data_source_schemas"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes"`
	Blocks     map[string]nestedBlock `json:"block_types"`
}

type attribute struct {
	Type      json.RawMessage `json:"type"`
	Nested    *nestedType     `json:"nested_type"`
	Required  bool            `json:"required"`
	Optional  bool            `json:"optional"`
	Computed  bool            `json:"computed"`
	Sensitive bool            `json:"sensitive"`
}

type nestedType struct {
	Attributes map[string]attribute `json:"attributes"`
	Mode       string               `json:"nesting_mode"`
}

type nestedBlock struct {
	Mode     string `json:"nesting_mode"`
	Block    block  `json:"block"`
	MinItems int64  `json:"min_items"`
	MaxItems int64  `json:"max_items"`
}

var objectModes = map[string]tfprotov6.SchemaObjectNestingMode{
	"single": tfprotov6.SchemaObjectNestingModeSingle,
	"list":   tfprotov6.SchemaObjectNestingModeList,
	"set":    tfprotov6.SchemaObjectNestingModeSet,
	"map":    tfprotov6.SchemaObjectNestingModeMap,
}

var blockModes = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
}

func (p providerSchema) toProtocol() (*tfprotov6.GetProviderSchemaResponse, error) {
	provider, err := p.Provider.toProtocol("provider")
	if err != nil {
		return nil, err
	}
	resources, err := toProtocol(p.Resources)
	if err != nil {
		return nil, err
	}
	dataSources, err := toProtocol(p.DataSources)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.GetProviderSchemaResponse{
		ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
		Provider:           provider,
		ResourceSchemas:    resources,
		DataSourceSchemas:  dataSources,
	}, nil
}

func toProtocol(schemas map[string]schema) (map[string]*tfprotov6.Schema, error) {
	converted := map[string]*tfprotov6.Schema{}
	for name, described := range schemas {
		one, err := described.toProtocol(name)
		if err != nil {
			return nil, err
		}
		converted[name] = one
	}
	return converted, nil
}

func (s schema) toProtocol(path string) (*tfprotov6.Schema, error) {
	converted, err := s.Block.toProtocol(path)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.Schema{Version: s.Version, Block: converted}, nil
}

func (b block) toProtocol(path string) (*tfprotov6.SchemaBlock, error) {
	attributes, err := attributesToProtocol(b.Attributes, path)
	if err != nil {
		return nil, err
	}
	converted := &tfprotov6.SchemaBlock{Attributes: attributes}
	for _, name := range sortedKeys(b.Blocks) {
		nested := b.Blocks[name]
		mode, known := blockModes[nested.Mode]
		if !known {
			return nil, fmt.Errorf("%s.%s: unknown nesting mode %q", path, name, nested.Mode)
		}
		inner, err := nested.Block.toProtocol(path + "." + name)
		if err != nil {
			return nil, err
		}
		converted.BlockTypes = append(converted.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: mode, MinItems: nested.MinItems, MaxItems: nested.MaxItems,
		})
	}
	return converted, nil
}

func attributesToProtocol(attributes map[string]attribute, path string) ([]*tfprotov6.SchemaAttribute, error) {
	var converted []*tfprotov6.SchemaAttribute
	for _, name := range sortedKeys(attributes) {
		described := attributes[name]
		one := &tfprotov6.SchemaAttribute{
			Name: name, Required: described.Required, Optional: described.Optional,
			Computed: described.Computed, Sensitive: described.Sensitive,
		}
		if described.Nested != nil {
			mode, known := objectModes[described.Nested.Mode]
			if !known {
				return nil, fmt.Errorf("%s.%s: unknown nesting mode %q", path, name, described.Nested.Mode)
			}
			inner, err := attributesToProtocol(described.Nested.Attributes, path+"."+name)
			if err != nil {
				return nil, err
			}
			one.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: mode}
		} else {
			kind, err := tftypes.ParseJSONType(described.Type)
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", path, name, err)
			}
			one.Type = kind
		}
		converted = append(converted, one)
	}
	return converted, nil
}

func sortedKeys[V any](values map[string]V) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
