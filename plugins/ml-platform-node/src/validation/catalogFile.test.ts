import { readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';
import { checkCatalogFile } from './catalogFile';

const fixtures = path.resolve(__dirname, '../__fixtures__/catalogFiles');

const component = (more = '') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: feature-api
${more}
spec:
  type: service
  lifecycle: production
`;
const api = (definition: string) => `${component()}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: feature-api-rest }
spec:
  type: openapi
  lifecycle: production
  definition: ${definition}
`;

describe('the check of catalog-info.yaml', () => {
  let trees: WorkloadTrees;
  let file: string;

  beforeAll(async () => {
    trees = await createWorkloadTrees();
    file = `${trees.directory}/catalog-info.yaml`;
    await trees.write(`${trees.directory}/openapi.yaml`, 'openapi: 3.0.3\n');
    await trees.write('infra/docs/api.json', '{}\n');
    await trees.write(`${trees.directory}/../shared/api.json`, '{}\n');
    await trees.write(`${trees.directory}/big.txt`, 'x'.repeat(1_048_577));
    await trees.write(`${trees.directory}/half.txt`, 'x'.repeat(900_000));
  });

  afterAll(async () => {
    await trees.remove();
  });

  /** Status and messages, without the path when it is that of the file. */
  async function check(
    content: string,
    more: { wholeRepository?: boolean } = { wholeRepository: true },
  ) {
    await trees.write(file, content);
    const { status, messages } = await checkCatalogFile({
      ...trees.change,
      ...more,
    });
    return [
      status,
      ...messages.map(({ path: at, text }) =>
        at === file ? text : `${at}: ${text}`,
      ),
    ];
  }

  const fixture = async (name: string) =>
    check(await readFile(path.join(fixtures, name), 'utf8'));

  it('passes what stock Backstage accepts', async () => {
    expect(await fixture('trailing-sep.yaml')).toEqual(['passed']);
    expect(await fixture('link-slack.yaml')).toEqual(['passed']);
    expect(await fixture('text-local.yaml')).toEqual(['passed']);
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
      api(`{ $asyncapi: /${trees.directory}/openapi.yaml }`),
      api('{ $text: ../shared/api.json }'),
    ]) {
      expect(await check(content)).toEqual(['passed']);
    }
  });

  it('names line and rule of what the portal cannot read', async () => {
    expect(await fixture('tag-upper.yaml')).toEqual([
      'failed',
      'Line 6: Component feature-api: metadata.tags.0 must be a string that is sequences of [a-z0-9+#] separated by [-], at most 63 characters in total (got "Python").',
    ]);
    expect(await fixture('openapi-url.yaml')).toEqual([
      'failed',
      'Line 21: API feature-api-rest: "$openapi: https://petstore3.swagger.io/api/v3/openapi.json" is a URL, which the portal does not read. Copy the file into the workload\'s directory, and name it by its relative path, for example "./openapi.yaml".',
    ]);
    for (const [content, message] of [
      ['', 'The file must define a Component named "feature-api". Add it.'],
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
      ].map((file): [string, string] => [
        api(`{ $text: ${file} }`),
        `Line 18: API feature-api-rest: "$text: ${file}" is outside of infra/gitops/workloads/app-ml-team/, and the portal reads only the team's own files. Copy the file into the workload's directory, and name it by its relative path, for example "./openapi.yaml".`,
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
          (content, number) =>
            content.concat(
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
      const [status, ...messages] = await check(content);
      expect([content, status]).toEqual([content, 'failed']);
      expect(messages[0]).toEqual(message);
    }
  });

  it('ignores kinds that belong to the platform, and says so', async () => {
    expect(await fixture('location-too.yaml')).toEqual([
      'passed',
      'Line 13: Location feature-api-docs is ignored: a workload defines Components, APIs and Resources only. Other kinds belong to the platform.',
    ]);
    for (const kind of [
      'System',
      'Domain',
      'Group',
      'User',
      'Template',
      'Deployment',
    ]) {
      expect(
        await check(
          `${component()}---\nkind: ${kind}\nmetadata: { name: x }\n`,
        ),
      ).toEqual([
        'passed',
        expect.stringMatching(`^Line 11: ${kind} x is ignored`),
      ]);
    }
  });

  it('does not follow links out of the repository', async () => {
    await symlink(
      '/etc/hostname',
      path.join(trees.root, trees.directory, 'link'),
    );
    expect((await check(api('{ $text: link }')))[1]).toContain(
      'is not a file of the platform repository',
    );
  });

  it('does not judge files that a tree of one workload lacks', async () => {
    const content = api('{ $text: ../other/elsewhere.yaml }');
    expect(await check(content, {})).toEqual(['passed']);
    expect((await check(content))[0]).toBe('failed');
  });

  it('refuses the deletion of the file while the workload is deployed', async () => {
    await rm(path.join(trees.root, file), { force: true });
    expect((await checkCatalogFile(trees.change)).status).toBe('skipped');
    expect(
      await checkCatalogFile({ ...trees.change, changedPaths: [file] }),
    ).toMatchObject({
      status: 'failed',
      messages: [
        {
          path: file,
          text: 'The workload is still deployed, so its pages need this file. Keep it, or delete the overlays too.',
        },
      ],
    });
  });
});
