import {
  HOST,
  type HostileKustomization,
  notFile,
  notHere,
} from './HostileKustomization';

const URL = `http://${HOST}/object.yaml`;

function list(field: string, entries: string[]): string {
  return `${field}: ${JSON.stringify(entries)}\n`;
}

/** References of the documented fields that leave the directory. */
export const hostileReferences: HostileKustomization[] = [
  ...[
    URL,
    URL.replace('http', 'HTTP'),
    `git::http://${HOST}/acme/x`,
    `http://${HOST}/acme/x.git`,
    `http://${HOST}/acme/x//base?ref=main`,
    `http://${HOST}/acme/x?ref=main&timeout=1s`,
    `http://${HOST}/acme/_git/x`,
    `http://user:word@${HOST}/object.yaml`,
  ].flatMap(entry =>
    ['resources', 'components'].map(
      (field): HostileKustomization => ({
        name: `${field}: ${entry}`,
        kustomization: list(field, [entry]),
        messages: [notHere(field, entry)],
        // A component is a directory, of a repository with two names at least.
        ...((field === 'resources' || entry.includes('acme')) && {
          asksHost: true,
        }),
      }),
    ),
  ),
  ...[
    'github.com/acme/x',
    'GitHub.com/acme/x',
    'github.com:acme/x',
    'git@127.0.0.1:acme/x',
    'git::git@127.0.0.1:acme/x.git',
    'ssh://git@127.0.0.1/acme/x',
    'file:///tmp/acme/x',
    'host.xz:acme/x',
    'acme/x//base',
    'x.git',
    'acme/_git/x',
    'base?ref=main',
    '/etc',
    '../../../../../../../../../etc',
    './../base ',
    '',
    '..\\base',
    '%2e%2e/base',
    '~/x',
    '$HOME/x',
    'missing.yaml',
  ].map(
    (entry): HostileKustomization => ({
      name: `resources: ${JSON.stringify(entry)}`,
      kustomization: list('resources', [entry]),
      messages: [notHere('resources', entry)],
    }),
  ),
  {
    name: 'resources: a symbolic link to a file',
    kustomization: list('resources', ['link.yaml']),
    links: { 'link.yaml': '/etc/passwd' },
    messages: [notHere('resources', 'link.yaml')],
  },
  {
    name: 'resources: a directory behind a symbolic link',
    kustomization: list('resources', ['link/base']),
    links: { link: '/tmp' },
    messages: [notHere('resources', 'link/base')],
  },
  ...[
    URL,
    '/etc/passwd',
    '../../base/deployment.yaml',
    '../../../../../../../../../etc/passwd',
    'link',
    'missing.yaml',
  ].flatMap(entry =>
    (
      [
        ['patches', `[{path: '${entry}'}]`],
        ['patchesStrategicMerge', `['${entry}']`],
        [
          'patchesJson6902',
          `[{target: {version: v1, kind: ConfigMap, name: x}, path: '${entry}'}]`,
        ],
        ['replacements', `[{path: '${entry}'}]`],
        ['configMapGenerator', `[{name: x, files: ['${entry}']}]`],
        ['configMapGenerator', `[{name: x, files: ['a=${entry}']}]`],
        ['configMapGenerator', `[{name: x, envs: ['${entry}']}]`],
        ['configMapGenerator', `[{name: x, env: '${entry}'}]`],
      ] as const
    ).map(
      ([field, value]): HostileKustomization => ({
        name: `${field}: ${value}`,
        kustomization: `${field}: ${value}\n`,
        links: { link: '/etc/passwd' },
        messages: [notFile(field, entry)],
        ...(entry === URL && { asksHost: true }),
      }),
    ),
  ),
  {
    name: 'patchesStrategicMerge: an address with a line break',
    kustomization: `patchesStrategicMerge:\n  - |\n    ${URL}\n`,
    messages: [notFile('patchesStrategicMerge', `${URL}\n`)],
  },
];
