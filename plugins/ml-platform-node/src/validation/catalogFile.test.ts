import {
  api,
  CatalogFileChecks,
  component,
} from '../__testUtils__/CatalogFileChecks';

describe('the check of catalog-info.yaml', () => {
  let checks: CatalogFileChecks;

  beforeAll(async () => {
    checks = await CatalogFileChecks.create();
  });

  afterAll(async () => {
    await checks.trees.remove();
  });

  it('passes what stock Backstage accepts', async () => {
    expect(await checks.fixture('trailing-sep.yaml')).toEqual(['passed']);
    expect(await checks.fixture('link-slack.yaml')).toEqual(['passed']);
    expect(await checks.fixture('text-local.yaml')).toEqual(['passed']);
    for (const content of [
      component(
        '  links: [{ url: "mailto:ml@example.com" }, { url: "ssh://x" }]',
      ),
      component('  labels: { example.com/tier: "1" }\n  custom: { any: 1 }'),
      `---\n---\n${component()}---\n# nothing\n`,
      `\uFEFF${component()}`,
      component().replaceAll('\n', '\r\n'),
      api('{ $text: openapi.yaml }'),
      api('{ $openapi: ./openapi.yaml }'),
      api(`{ $asyncapi: /${checks.trees.directory}/openapi.yaml }`),
      api('{ $text: ../shared/api.json }'),
    ]) {
      expect(await checks.check(content)).toEqual(['passed']);
    }
  });

  it('names line and rule of what the portal cannot read', async () => {
    expect(await checks.fixture('tag-upper.yaml')).toEqual([
      'failed',
      'Line 6: Component feature-api: metadata.tags.0 must be a string that is sequences of [a-z0-9+#] separated by [-], at most 63 characters in total (got "Python").',
    ]);
    expect(await checks.fixture('openapi-url.yaml')).toEqual([
      'failed',
      'Line 21: API feature-api-rest: "$openapi: https://petstore3.swagger.io/api/v3/openapi.json" is a URL, which the portal does not read. Copy the file into the workload\'s directory, and name it by its relative path, for example "./openapi.yaml".',
    ]);
    for (const [content, message] of [
      [
        '',
        'The file must define a Component or Resource named "feature-api". Add it.',
      ],
      [
        'a: [',
        expect.stringMatching(
          /^Line 1: This is not valid YAML: Flow sequence in block coll/,
        ),
      ],
      [
        `${component()}a: 1\na: 2\n`,
        expect.stringMatching(/^Line 11: This is not valid YAML: Map keys/),
      ],
      [
        '- 1',
        'Line 1: The document must be a mapping with apiVersion, kind, metadata and spec.',
      ],
      [
        component().replace('type: service', ''),
        "Line 7: Component feature-api: spec must have required property 'type'.",
      ],
      [
        component().replace('spec:', 'sepc:'),
        'Line 7: Component feature-api: "sepc" is not a field of an entity. Check its spelling and position.',
      ],
      [
        component().replace('/v1alpha1', '/v9'),
        expect.stringMatching(/^Line 2: Component feature-api: apiVersion/),
      ],
      [
        component().replace('Component', 'component'),
        'Line 3: kind must be written Component (got "component").',
      ],
      [
        component().replace('kind: Component', 'x: y'),
        expect.stringMatching(
          /^Line 2: kind must be one of API, Component, Resource/,
        ),
      ],
      [
        component('  labels: { tier: 1 }'),
        expect.stringMatching(
          /^Line 6: Component feature-api: metadata.labels.tier must be/,
        ),
      ],
      [
        component('  title: [a]'),
        'Line 6: Component feature-api: metadata.title must be string.',
      ],
      [
        component('  links:\n    - url: docs/x'),
        expect.stringMatching(
          /^Line 7: Component feature-api: metadata.links.0.url must be a string that is a valid url/,
        ),
      ],
      [
        component('  links:\n    - url: "java\\nscript:alert(1)"'),
        'Line 7: Component feature-api: metadata.links.0.url: links of the scheme "javascript" are not allowed. Use another one, for example "https".',
      ],
      [
        component('  __proto__: { a: 1 }'),
        'Line 2: The key "__proto__" is not allowed. Remove it.',
      ],
      [
        component('  title: "a\\0b"'),
        'Line 2: Values cannot contain the character NUL ("\\0"). Remove it.',
      ],
      [
        `${component()}  dependsOn:\n    - orders\n`,
        'Line 11: Component feature-api: spec.dependsOn: "orders" is not an entity reference. Write its kind too, for example "resource:default/orders".',
      ],
      [
        `${component()}  providesApis: ["api:"]\n`,
        'Line 10: Component feature-api: spec.providesApis: "api:" is not an entity reference. Write its name, or kind:namespace/name, for example "api:default/orders".',
      ],
      [
        `${component()}---${component()}`,
        expect.stringMatching(
          /^Line 11: Component feature-api is defined twice/,
        ),
      ],
      [
        `${component()}---${component().replace('feature-api', 'other')}`,
        'Line 14: Component other: metadata.name must be "feature-api" or start with "feature-api-".',
      ],
      [
        api('{ $text: ./nothing.yaml }'),
        expect.stringMatching(
          /^Line 18: API feature-api-rest: "\$text: .\/nothing.yaml" is not a file of the platform repository\./,
        ),
      ],
      ...[
        '../../../../docs/api.json',
        '../../app-data-team/data-api/openapi.yaml',
        '/infra/docs/api.json',
        '../../../../../../../etc/passwd',
        '..',
      ].map((target): [string, string] => [
        api(`{ $text: ${target} }`),
        `Line 18: API feature-api-rest: "$text: ${target}" is outside of infra/gitops/workloads/app-ml-team/, and the portal reads only the team's own files. Copy the file into the workload's directory, and name it by its relative path, for example "./openapi.yaml".`,
      ]),
      [
        api('{ $text: big.txt }'),
        'Line 18: API feature-api-rest: "$text: big.txt" has 1048577 bytes; the limit is 1048576. Make the file smaller.',
      ],
      [
        component(
          '  links:\n'.concat('    - url: https://x.example\n'.repeat(101)),
        ),
        'Line 6: Component feature-api: metadata.links has 101 items; the limit is 100. Remove some.',
      ],
      [
        component(`  annotations: { example.com/a: ${'x'.repeat(10_001)} }`),
        'Line 6: Component feature-api: metadata.annotations.example.com/a has 10001 characters; the limit is 10000. Make it shorter.',
      ],
      [
        `${component()}  dependsOn: [${'resource:a,'.repeat(201)}]\n`,
        'Line 7: Component feature-api: spec lists 201 items; the limit is 200. Remove some.',
      ],
      [
        component('  title: "a\\u202Eb"'),
        'Line 6: Component feature-api: metadata.title contains the character U+202E, which is invisible or changes the text around it. Remove it; it often comes from text copied from another program.',
      ],
      [
        component(
          '  links: [{ url: "https://x.example", title: "a\\u2066b" }]',
        ),
        'Line 6: Component feature-api: metadata.links.0.title contains the character U+2066, which is invisible or changes the text around it. Remove it; it often comes from text copied from another program.',
      ],
      [
        component(`#${'x'.repeat(300_000)}`),
        'The file has 300129 bytes; the limit is 262144. Move long definitions into files of their own, and name them with "$text".',
      ],
      [
        [1, 2, 3, 4, 5].reduce(
          (whole, number) =>
            whole.concat(
              `---${api('{ $text: half.txt }')
                .split('---')[1]
                .replace('-rest', `-rest-${number}`)}`,
            ),
          component(),
        ),
        expect.stringMatching(
          /^Line 49: API feature-api-rest-5: "\$text: half.txt" and the files before it have more than 4194304 bytes together\. Make them smaller\.$/,
        ),
      ],
      [
        api('{ $text: //example.com/x }'),
        expect.stringMatching(/is a URL, which the portal does not read\./),
      ],
      [
        api('{ $text: file:///etc/passwd }'),
        expect.stringMatching(/is a URL, which the portal does not read\./),
      ],
      [
        api('{ $text: [x] }'),
        expect.stringMatching(/"\$text" must be the path of a file\.$/),
      ],
      [
        api('{ $json: openapi.yaml }'),
        expect.stringMatching(/"\$json: openapi.yaml" cannot be read: /),
      ],
    ] satisfies Array<[string, unknown]>) {
      const [status, ...messages] = await checks.check(content);
      expect([content, status]).toEqual([content, 'failed']);
      expect(messages[0]).toEqual(message);
    }
  });

  it('takes from other files neither what an entity is, nor whose', async () => {
    const name = 'metadata: { name: feature-api-rest }';
    const included = '{ $text: openapi.yaml }';
    for (const [position, content] of [
      ['metadata', api('x').replace(name, `metadata: ${included}`)],
      [
        'metadata.name',
        api('x').replace(name, `metadata: { name: ${included} }`),
      ],
      ...[
        ['metadata.namespace', `namespace: ${included}`],
        ['metadata.annotations', `annotations: ${included}`],
        ['metadata.annotations.a/b', `annotations: { a/b: ${included} }`],
        ['metadata.labels.a', `labels: { a: ${included} }`],
        ['metadata.tags.0', `tags: [${included}]`],
      ].map(([at, field]) => [
        at,
        api('x').replace(name, name.replace('{', `{ ${field},`)),
      ]),
      [
        'spec.owner',
        api('x').replace(
          'type: openapi',
          `type: openapi\n  owner: ${included}`,
        ),
      ],
      [
        'spec.system',
        api('x').replace(
          'type: openapi',
          `type: openapi\n  system: ${included}`,
        ),
      ],
      [
        'spec',
        `${api('x').split('spec:\n  type: openapi')[0]}spec: ${included}\n`,
      ],
    ]) {
      const [status, ...messages] = await checks.check(content);
      expect([position, status]).toEqual([position, 'failed']);
      expect(messages).toEqual([
        expect.stringContaining(
          `"$text" cannot stand for ${position}: write the value into this file.`,
        ),
      ]);
    }
    const kind = api('x').replace('kind: API', `kind: ${included}`);
    expect((await checks.check(kind))[0]).toBe('failed');
    const description = name.replace('{', `{ description: ${included},`);
    expect(await checks.check(api('x').replace(name, description))).toEqual([
      'passed',
    ]);
  });
});
