/** The type of a value in Terraform's JSON notation. */
export type TypeExpression =
  | string
  | [string, TypeExpression | Record<string, TypeExpression>];

/** The parts of `terraform providers schema -json` that the stand-in provider reads. */
export interface ProviderSchema {
  /** For example `registry.terraform.io/hashicorp/aws`. */
  address: string;
  provider: Schema;
  resource_schemas: Record<string, Schema>;
  data_source_schemas: Record<string, Schema>;
}

export interface Schema {
  version: number;
  block: Block;
}

export interface Block {
  attributes: Record<string, Attribute>;
  block_types: Record<string, NestedBlock>;
}

export interface Attribute {
  type?: TypeExpression;
  nested_type?: {
    attributes: Record<string, Attribute>;
    nesting_mode: 'single' | 'list' | 'set' | 'map';
  };
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
}

export interface NestedBlock {
  block: Block;
  nesting_mode: 'single' | 'list' | 'set';
  min_items?: number;
  max_items?: number;
}

export const emptySchema: Schema = {
  version: 0,
  block: { attributes: {}, block_types: {} },
};
