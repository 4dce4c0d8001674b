import { schemaOfBinding } from './schemaOfBinding';

/** A binding in the format of its package: a program with a source map. */
function published(source: string): string {
  const map = JSON.stringify({ sourcesContent: [source] });
  const encoded = Buffer.from(map).toString('base64');
  return `"use strict";\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
}

const entry = (
  name: string,
  value: string,
  nested: boolean,
  type: string,
  storage: string,
) => `      ${name}: {
        value: ${value},
        isBlock: ${nested},
        type: "${type}",
        storageClassType: "${storage}",
      },
`;

const source = `
export interface ThingRule {
  /**
  * Docs {@link https://example/docs#name Thing#name}
  */
  readonly name: string;
}
export function thingRuleToHclTerraform(struct?: ThingRule): any {
    const attrs = {
${entry(
  'name',
  'cdktf.stringToHclTerraform(struct!.name)',
  false,
  'simple',
  'string',
)}    };
}
export class ThingRuleOutputReference extends cdktf.ComplexObject {
  // name - computed: false, optional: false, required: true
  private _name?: string;
  public get name() {
    return this.getStringAttribute('name');
  }
}
export class ThingStatusOutputReference extends cdktf.ComplexObject {
  // ready - computed: true, optional: false, required: false
  public get ready() {
    return this.getBooleanAttribute('ready');
  }
}
export class Thing extends cdktf.TerraformResource {
  // arn - computed: true, optional: false, required: false
  public get arn() {
    return this.getStringAttribute('arn');
  }
  // labels - computed: false, optional: true, required: false
  private _labels?: { [key: string]: string };
  public get labels() {
    return this.getStringMapAttribute('labels');
  }
  // rule - computed: false, optional: false, required: true
  private _rule = new ThingRuleList(this, "rule", false);
  // single - computed: false, optional: true, required: false
  private _single = new ThingRuleOutputReference(this, "single");
  // options - computed: false, optional: true, required: false
  private _options = new ThingRuleOutputReference(this, "options");
  // status - computed: true, optional: false, required: false
  private _status = new ThingStatusList(this, "status", false);
  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
${entry(
  'labels',
  'cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._labels)',
  false,
  'map',
  'stringMap',
)}${entry(
  'rule',
  'cdktf.listMapperHcl(thingRuleToHclTerraform, true)(this._rule.internalValue)',
  true,
  'set',
  'ThingRuleList',
)}${entry(
  'single',
  'thingRuleToHclTerraform(this._single.internalValue)',
  true,
  'list',
  'ThingRuleList',
)}${entry(
  'options',
  'thingRuleToHclTerraform(this._options.internalValue)',
  true,
  'struct',
  'ThingRule',
)}    };
  }
}
`;

it('rebuilds blocks, attributes and computed values', () => {
  const name = { type: 'string', required: true };
  const { block } = schemaOfBinding(published(source));
  expect(block.attributes).toMatchObject({
    arn: { type: 'string', computed: true },
    labels: { type: ['map', 'string'], optional: true },
    options: { nested_type: { nesting_mode: 'single', attributes: { name } } },
    status: { type: ['list', ['object', { ready: 'bool' }]], computed: true },
  });
  expect(block.block_types).toMatchObject({
    rule: {
      nesting_mode: 'set',
      min_items: 1,
      block: { attributes: { name } },
    },
    single: { nesting_mode: 'list', max_items: 1 },
  });
});

it('rejects an unknown format', () => {
  expect(() => schemaOfBinding('"use strict";')).toThrow(
    'The binding has no class that writes HCL',
  );
  expect(() =>
    schemaOfBinding(published(source.replace('stringMap', 'tupleMap'))),
  ).toThrow('Unknown type tupleMap in the binding');
});
