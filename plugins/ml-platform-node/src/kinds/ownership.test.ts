import { ownerOf, ownerOfApplication, ownerOfNamespace } from './ownership';

const TEAM = 'ml-platform.io/team';
const ENVIRONMENT = 'ml-platform.io/environment';

const labelled = (
  apiVersion: string,
  kind: string,
  labels?: Record<string, string>,
) => ({ apiVersion, kind, metadata: { name: 'object', labels } });
const namespace = (labels?: Record<string, string>) =>
  labelled('v1', 'Namespace', labels);
const application = (
  spec?: Record<string, unknown>,
  labels?: Record<string, string>,
) => ({ ...labelled('argoproj.io/v1alpha1', 'Application', labels), spec });

describe('ownerOfNamespace', () => {
  it('takes team and environment from the labels of the namespace', () => {
    expect(
      ownerOfNamespace(namespace({ [TEAM]: 'team-a', [ENVIRONMENT]: 'dev' })),
    ).toEqual({ team: 'team-a', environment: 'dev' });
  });

  it.each([
    ['no labels', undefined],
    ['other labels', { team: 'team-a', environment: 'dev' }],
    ['no team', { [ENVIRONMENT]: 'dev' }],
    ['an empty team', { [TEAM]: '', [ENVIRONMENT]: 'dev' }],
    ['no environment', { [TEAM]: 'team-a' }],
    ['an empty environment', { [TEAM]: 'team-a', [ENVIRONMENT]: '' }],
  ])('finds no owner with %s', (_, labels) => {
    expect(ownerOfNamespace(namespace(labels))).toBeUndefined();
  });

  it('ignores the project of an object that calls itself a namespace', () => {
    expect(
      ownerOf({ ...namespace(), spec: { project: 'team-a' } }),
    ).toBeUndefined();
  });
});

describe('ownerOfApplication', () => {
  it('takes the team from the AppProject, whatever labels and namespaces say', () => {
    const forged = {
      ...application(
        { project: 'team-a', destination: { namespace: 'team-b-dev' } },
        { [TEAM]: 'team-b', [ENVIRONMENT]: 'dev' },
      ),
    };
    Object.assign(forged.metadata, { namespace: 'team-b-dev' });

    expect(ownerOfApplication(forged)).toEqual({
      team: 'team-a',
      environment: 'dev',
    });
  });

  it('needs no environment', () => {
    expect(ownerOfApplication(application({ project: 'team-a' }))?.team).toBe(
      'team-a',
    );
  });

  it.each([
    ['no spec', undefined],
    ['no project', {}],
    ['an empty project', { project: '' }],
    ['a project that is not a name', { project: ['team-a'] }],
  ])('finds no owner with %s, even with labels', (_, spec) => {
    expect(
      ownerOf(application(spec, { [TEAM]: 'team-a', [ENVIRONMENT]: 'dev' })),
    ).toBeUndefined();
  });
});

it.each([
  ['v1', 'Pod'],
  ['v1', 'ConfigMap'],
  ['apps/v1', 'Deployment'],
  ['example.com/v1', 'Namespace'],
  ['example.com/v1', 'Application'],
])('finds no owner in labels or project of a %s %s', (apiVersion, kind) => {
  const forged = {
    ...labelled(apiVersion, kind, { [TEAM]: 'team-a', [ENVIRONMENT]: 'dev' }),
    spec: { project: 'team-a' },
  };

  expect(ownerOf(forged)).toBeUndefined();
  expect(ownerOfNamespace(forged)).toBeUndefined();
  expect(ownerOfApplication(forged)).toBeUndefined();
});
