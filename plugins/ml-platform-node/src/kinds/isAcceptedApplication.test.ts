import { isAcceptedApplication } from './isAcceptedApplication';
import type { StoredObject } from './StoredObject';

const TEAM_OF_NAMESPACE: Record<string, string> = {
  'team-a-dev': 'team-a',
  'team-b-dev': 'team-b',
};

const application = (
  namespace: string,
  status?: Record<string, unknown>,
): StoredObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'app', namespace },
  spec: { project: 'team-a' },
  status,
});

const project = (
  sourceNamespaces?: string[],
  { name = 'team-a', namespace = 'argocd' } = {},
): StoredObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name, namespace },
  spec: { sourceNamespaces },
});

const accepted = (app: StoredObject, projects: StoredObject[]) =>
  isAcceptedApplication(app, {
    teamOfNamespace: name => TEAM_OF_NAMESPACE[name],
    projects,
  });

const compared = { sync: { status: 'Synced' } };

describe('isAcceptedApplication', () => {
  it.each<[string, StoredObject, StoredObject[], boolean]>([
    ["in Argo CD's namespace", application('argocd'), [project()], true],
    [
      "in Argo CD's namespace, without AppProjects",
      application('argocd'),
      [],
      true,
    ],
    [
      "in its team's namespace, which the AppProject names",
      application('team-a-dev'),
      [project(['team-a-dev'])],
      true,
    ],
    [
      '… by a glob',
      application('team-a-dev'),
      [project(['team-{a,c}-*'])],
      true,
    ],
    [
      '… by a regular expression',
      application('team-a-dev'),
      [project(['/^team-a-(dev|prod)$/'])],
      true,
    ],
    [
      "in its team's namespace, which the AppProject does not name",
      application('team-a-dev', compared),
      [project(['team-a'])],
      false,
    ],
    [
      "in its team's namespace, without such an AppProject",
      application('team-a-dev', compared),
      [project(['*'], { name: 'team-b' })],
      false,
    ],
    [
      "in another team's namespace, whatever the AppProject names",
      application('team-b-dev', compared),
      [project(['*'])],
      false,
    ],
    [
      'with an AppProject of the team itself',
      application('team-a-dev', compared),
      [project(['*'], { namespace: 'team-a-dev' }), project()],
      false,
    ],
    [
      'in another namespace of the platform, which the AppProject names',
      application('apps'),
      [project(['apps'])],
      true,
    ],
    [
      'in another namespace of the platform, which it does not name',
      application('apps'),
      [project()],
      false,
    ],
    [
      "in its team's namespace, without AppProjects, compared by Argo CD",
      application('team-a-dev', compared),
      [],
      true,
    ],
    [
      "in its team's namespace, without AppProjects, never compared",
      application('team-a-dev'),
      [],
      false,
    ],
  ])('%s', (_, app, projects, expected) => {
    expect(accepted(app, projects)).toBe(expected);
  });

  it.each([
    [
      'UnknownError',
      "application 'app' in namespace 'team-a-dev' is not permitted to use project 'team-a'",
    ],
    [
      'InvalidSpecError',
      "application 'app' in namespace 'team-a-dev' is not allowed to use project team-a",
    ],
    [
      'InvalidSpecError',
      'Application referencing project team-a which does not exist',
    ],
  ])('does not count when Argo CD refuses it (%s: %s)', (type, message) => {
    expect(
      accepted(
        application('team-a-dev', {
          ...compared,
          conditions: [{ type, message }],
        }),
        [],
      ),
    ).toBe(false);
  });

  it('does not take a pattern that cannot be compiled for a match', () => {
    expect(accepted(application('team-a-dev'), [project(['/(/', '['])])).toBe(
      false,
    );
  });
});
