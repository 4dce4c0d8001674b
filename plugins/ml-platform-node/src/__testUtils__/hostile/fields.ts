import {
  helm,
  HOST,
  type HostileKustomization,
  notAllowed,
  plugIn,
  wrongCase,
} from './HostileKustomization';

const URL = `http://${HOST}/object.yaml`;

function inline(kind: string, fields: string, annotations = ''): string {
  return `- |-
    apiVersion: builtin
    kind: ${kind}
    metadata: { name: x${annotations} }
    ${fields}
`;
}

/** Fields that are not accepted at all, and keys that kustomize takes for documented ones. */
export const hostileFields: HostileKustomization[] = [
  ...(
    [
      ['Resources', `[${URL}]`, wrongCase('Resources', 'resources')],
      ['RESOURCES', `[${URL}]`, wrongCase('RESOURCES', 'resources')],
      // encoding/json folds letters as Unicode does: long s and the Kelvin sign.
      ['reſources', `[${URL}]`, notAllowed('reſources')],
      [
        'Components',
        `[http://${HOST}/acme/x.git]`,
        wrongCase('Components', 'components'),
      ],
      ['Bases', `[${URL}]`, wrongCase('Bases', 'bases')],
      ['Patches', `[{path: ${URL}}]`, wrongCase('Patches', 'patches')],
      ['patches', `[{Path: ${URL}}]`, wrongCase('patches[0].Path', 'path')],
      ['patches', `[{PATH: ${URL}}]`, wrongCase('patches[0].PATH', 'path')],
      [
        'patchesJson6902',
        `[{target: {version: v1, kind: ConfigMap, name: x}, Path: ${URL}}]`,
        wrongCase('patchesJson6902[0].Path', 'path'),
      ],
      [
        'patchesJSON6902',
        `[{target: {version: v1, kind: ConfigMap, name: x}, path: ${URL}}]`,
        wrongCase('patchesJSON6902', 'patchesJson6902'),
      ],
      [
        'patchesstrategicmerge',
        `[${URL}]`,
        wrongCase('patchesstrategicmerge', 'patchesStrategicMerge'),
      ],
      [
        'replacements',
        `[{Path: ${URL}}]`,
        wrongCase('replacements[0].Path', 'path'),
      ],
      [
        'configmapgenerator',
        `[{name: x, files: [${URL}]}]`,
        wrongCase('configmapgenerator', 'configMapGenerator'),
      ],
      [
        'configMapGenerator',
        `[{name: x, Files: [${URL}]}]`,
        wrongCase('configMapGenerator[0].Files', 'files'),
      ],
      [
        'configMapGenerator',
        `[{name: x, fileſ: [${URL}]}]`,
        notAllowed('configMapGenerator[0].fileſ'),
      ],
      [
        'configMapGenerator',
        `[{name: x, Envs: [${URL}]}]`,
        wrongCase('configMapGenerator[0].Envs', 'envs'),
      ],
      [
        'configMapGenerator',
        `[{name: x, ENV: ${URL}}]`,
        wrongCase('configMapGenerator[0].ENV', 'env'),
      ],
      [
        'SecretGenerator',
        `[{name: x, files: [${URL}]}]`,
        wrongCase('SecretGenerator', 'secretGenerator'),
      ],
      ['Crds', `[${URL}]`, notAllowed('Crds')],
      ['OpenAPI', `{path: ${URL}}`, notAllowed('OpenAPI')],
      ['Generators', `[${URL}]`, wrongCase('Generators', 'generators')],
      ['Transformers', `[${URL}]`, wrongCase('Transformers', 'transformers')],
      ['Validators', `[${URL}]`, wrongCase('Validators', 'validators')],
      [
        'bases',
        `[${URL}]`,
        'bases: this field is deprecated. List the directory under `resources`.',
      ],
      ['crds', `[${URL}]`, notAllowed('crds')],
      ['configurations', `[${URL}]`, notAllowed('configurations')],
      ['openapi', `{path: ${URL}}`, notAllowed('openapi')],
      [
        'secretGenerator',
        `[{name: x, files: [${URL}]}]`,
        'secretGenerator: secrets do not belong in Git. Use an ExternalSecret.',
      ],
      ['generators', `[${URL}]`, plugIn('generators')],
      ['transformers', `[${URL}]`, plugIn('transformers')],
      ['validators', `[${URL}]`, plugIn('validators')],
    ] as const
  ).map(
    ([field, value, message]): HostileKustomization => ({
      name: `${field}: ${value}`,
      kustomization: `resources: [victim.yaml]\n${field}: ${value}\n`.replace(
        /^resources.*\n(?=(resources|reſources):)/i,
        '',
      ),
      messages: [message],
      asksHost: true,
    }),
  ),
  ...(
    [
      ['generators', 'ConfigMapGenerator', `files: ['${URL}']`],
      ['generators', 'SecretGenerator', `files: ['${URL}']`],
      ['transformers', 'PatchTransformer', `path: ${URL}`],
      ['transformers', 'PatchStrategicMergeTransformer', `paths: ['${URL}']`],
      [
        'transformers',
        'PatchJson6902Transformer',
        `{target: {version: v1, kind: ConfigMap, name: victim}, path: '${URL}'}`,
      ],
      ['validators', 'PatchTransformer', `path: ${URL}`],
    ] as const
  ).map(
    ([field, kind, fields]): HostileKustomization => ({
      name: `${field}: an inline ${kind}`,
      kustomization: `resources: [victim.yaml]\n${field}:\n${inline(
        kind,
        fields.replace(/^\{(.*)\}$/, '$1').replace('}, path', '}\n    path'),
      )}`,
      messages: [plugIn(field)],
      asksHost: true,
    }),
  ),
  {
    name: 'transformers: a file with a patch from elsewhere',
    kustomization: 'resources: [victim.yaml]\ntransformers: [plugin.yaml]\n',
    files: {
      'plugin.yaml': `apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: ${URL}\n`,
    },
    messages: [plugIn('transformers')],
    asksHost: true,
  },
  ...[
    'exec: {path: ./run.sh}',
    'container: {image: evil, network: true}',
    'starlark: {path: run.star}',
  ].map(
    (runtime): HostileKustomization => ({
      name: `transformers: a function, ${runtime}`,
      kustomization: `transformers:\n${inline(
        'Function',
        'spec: {}',
        `, annotations: {config.kubernetes.io/function: "${runtime}"}`,
      )}`,
      messages: [plugIn('transformers')],
    }),
  ),
  ...(
    [
      ['helmCharts', `[{name: x, repo: 'http://${HOST}'}]`, helm('helmCharts')],
      ['helmGlobals', '{chartHome: /tmp}', helm('helmGlobals')],
      [
        'helmChartInflationGenerator',
        '[{chartName: x}]',
        helm('helmChartInflationGenerator'),
      ],
      ['HelmCharts', '[{name: x}]', wrongCase('HelmCharts', 'helmCharts')],
      [
        'vars',
        '[{name: X}]',
        'vars: this field is deprecated. Use `replacements`.',
      ],
      [
        'imageTags',
        '[{name: x}]',
        'imageTags: this field is deprecated. Write `images`.',
      ],
      ['spec', '{}', notAllowed('spec')],
      ['kind', 'List', 'kind: must be Kustomization or Component.'],
      ['namespace', '1', 'namespace: must be text; put it into quotes.'],
      [
        'resources',
        'base',
        'resources: Invalid input: expected array, received string.',
      ],
      [
        'patches',
        '[{patch: "x", Target: {kind: x}}]',
        wrongCase('patches[0].Target', 'target'),
      ],
      [
        'images',
        '[{name: x, newtag: "1"}]',
        wrongCase('images[0].newtag', 'newTag'),
      ],
    ] as const
  ).map(
    ([field, value, message]): HostileKustomization => ({
      name: `${field}: ${value}`,
      kustomization: `${field}: ${value}\n`,
      messages: [message],
    }),
  ),
];
