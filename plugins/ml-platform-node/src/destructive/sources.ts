import type { KubernetesObject } from '@internal/platform-rules';
import { parseImageReference } from '@internal/platform-rules/images';
import type { Effect, ObjectRule } from './Comparison';
import { field, fieldsOf, itemsOf, textOf } from './fields';

const EXACT_VERSION = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'];

/** Charts, repositories and images that come from elsewhere than before, or whose version is no longer exact. */
export const sourceEffects: ObjectRule = ({ before, after }) =>
  after
    ? [
        ...(isArgo(after) ? argoTexts(before, after) : []),
        ...(before ? imageTexts(before, after) : []),
      ].map((text): Effect => ({ code: 'source-changed', text }))
    : [];

function isArgo({ apiVersion, kind }: KubernetesObject): boolean {
  return (
    apiVersion.startsWith('argoproj.io/') &&
    (kind === 'Application' || kind === 'ApplicationSet')
  );
}

function argoTexts(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
): string[] {
  const previous = before ? sourcesOf(before) : [];
  return sourcesOf(after).flatMap((source, index) =>
    sourceTexts(before && previous[index], source, before !== undefined),
  );
}

function sourceTexts(
  before: unknown,
  after: unknown,
  isKnown: boolean,
): string[] {
  const of = (value: unknown, name: string) => textOf(field(value, name));
  const [repository, chart, version] = [
    'repoURL',
    'chart',
    'targetRevision',
  ].map(name => of(after, name));
  const isFloating = !EXACT_VERSION.test(version ?? '');
  const texts: string[] = [];
  if (isKnown) {
    for (const name of ['repoURL', 'chart', 'path']) {
      if (of(before, name) !== of(after, name)) {
        texts.push(
          `${name} becomes ${of(after, name) ?? 'nothing'} (was ${
            of(before, name) ?? 'nothing'
          }): what is installed comes from elsewhere.`,
        );
      }
    }
    if (chart === undefined && of(before, 'targetRevision') !== version) {
      texts.push(
        `targetRevision of ${repository} becomes ${version ?? 'HEAD'} (was ${
          of(before, 'targetRevision') ?? 'HEAD'
        }).`,
      );
    }
  }
  if (
    chart !== undefined &&
    isFloating &&
    of(before, 'targetRevision') !== version
  ) {
    texts.push(
      `version ${
        version ?? '*'
      } of the chart ${chart} is not exact: what is installed changes without a commit. Name one version.`,
    );
  }
  return texts;
}

function sourcesOf({ spec }: KubernetesObject): unknown[] {
  const generators = itemsOf(field(spec, 'generators')).flatMap(generator => {
    const git = field(generator, 'git');
    return git === undefined
      ? []
      : [
          {
            repoURL: field(git, 'repoURL'),
            targetRevision: field(git, 'revision'),
          },
        ];
  });
  const templates = [spec, field(spec, 'template', 'spec')];
  return [
    ...templates.flatMap(template => [
      ...[field(template, 'source')].filter(source => source !== undefined),
      ...itemsOf(field(template, 'sources')),
    ]),
    ...generators,
  ];
}

function imageTexts(
  before: KubernetesObject,
  after: KubernetesObject,
): string[] {
  const previous = repositoriesIn(before);
  return [...repositoriesIn(after)].flatMap(([container, repositories]) => {
    const known = previous.get(container);
    const others = [...repositories].filter(name => known && !known.has(name));
    return known && others.length > 0
      ? [
          `container ${container} takes its image from ${others.join(
            ', ',
          )} (was ${[...known].join(', ')}).`,
        ]
      : [];
  });
}

/** Image repositories by name of the container, of any kind that has pod templates somewhere. */
function repositoriesIn(
  value: unknown,
  found = new Map<string, Set<string>>(),
): Map<string, Set<string>> {
  if (Array.isArray(value)) {
    value.forEach(item => repositoriesIn(item, found));
  }
  for (const [name, content] of Object.entries(fieldsOf(value))) {
    if (CONTAINERS.includes(name)) {
      for (const container of itemsOf(content)) {
        const key = textOf(field(container, 'name')) ?? '';
        const image = textOf(field(container, 'image'));
        if (image !== undefined) {
          found.set(
            key,
            (found.get(key) ?? new Set()).add(repositoryOf(image)),
          );
        }
      }
    } else {
      repositoriesIn(content, found);
    }
  }
  return found;
}

function repositoryOf(image: string): string {
  const reference = parseImageReference(image);
  return reference ? `${reference.registry}/${reference.repository}` : image;
}
