import { affectedTargets } from './affectedTargets';

const options = {
  rootDirectory: 'infra',
  environments: ['dev', 'prod'].map(name => ({
    name,
    cluster: 'sandbox',
    namespaceSuffix: name === 'prod' ? '' : `-${name}`,
  })),
};
const workload = 'infra/gitops/workloads/team-a/scorer';
const touched = (...paths: string[]) => affectedTargets(paths, options);
const nothing = {
  teams: [],
  workloads: [],
  applications: [],
  bases: [],
  terraform: [],
};

describe('touchedByPaths', () => {
  it('knows the Applications of overlays and runs', () => {
    const one = { team: 'team-a', workload: 'scorer' };
    expect(
      touched(
        `${workload}/overlays/dev/image.yaml`,
        `${workload}/overlays/dev/kustomization.yaml`,
        `${workload}/runs/prod/run-1.yaml`,
      ),
    ).toEqual({
      ...nothing,
      teams: ['team-a'],
      workloads: [one],
      applications: [
        {
          ...one,
          name: 'team-a--scorer--dev',
          environment: 'dev',
          project: 'team-a',
          directory: `${workload}/overlays/dev`,
        },
        {
          ...one,
          name: 'team-a--scorer--prod--runs',
          environment: 'prod',
          project: 'team-a',
          directory: `${workload}/runs/prod`,
        },
      ],
    });
  });

  it('knows what reaches every environment, and what reaches none', () => {
    const one = { team: 'team-a', workload: 'scorer' };
    expect(touched(`${workload}/base/deployment.yaml`).bases).toEqual([one]);
    expect(touched(`${workload}/dashboard/d.json`).bases).toEqual([one]);
    for (const file of ['catalog-info.yaml', 'runs/archive/dev/run-1.yaml']) {
      expect(touched(`${workload}/${file}`)).toEqual({
        ...nothing,
        teams: ['team-a'],
        workloads: [one],
      });
    }
  });

  it('knows tenants and Terraform roots', () => {
    expect(
      touched(
        'infra/gitops/tenants/team-b/overlays/prod/quota.yaml',
        'infra/gitops/tenants/team-b/argocd/project.yaml',
        'infra/terraform/compositions/teams/team-a/dev/scorer.tf',
      ),
    ).toEqual({
      ...nothing,
      teams: ['team-a', 'team-b'],
      applications: [
        {
          name: 'tenant--team-b--prod',
          team: 'team-b',
          environment: 'prod',
          project: 'platform',
          directory: 'infra/gitops/tenants/team-b/overlays/prod',
        },
      ],
      terraform: [{ team: 'team-a', environment: 'dev' }],
    });
    expect(touched('infra/gitops/tenants/team-b/base/x.yaml').bases).toEqual([
      { team: 'team-b' },
    ]);
  });

  it.each([
    'README.md',
    'infra/README.md',
    'infra/gitops/workloads/README.md',
    'infra/gitops/workloads/team-a/README.md',
    'infra/gitops/tenants/README.md',
    'infra/gitops/components/gpu/kustomization.yaml',
    'infra/terraform/compositions/teams/README.md',
    // Another root's directories are not ours.
    'gitops/workloads/team-a/scorer/base/x.yaml',
    'other/infra/gitops/workloads/team-a/scorer/base/x.yaml',
    'infra/gitops/workloads-old/team-a/scorer/base/x.yaml',
  ])('leaves %s to the platform', path => {
    expect(touched(path)).toEqual(nothing);
  });

  it('works at the root of a repository', () => {
    const { teams, applications } = affectedTargets(
      ['gitops/workloads/team-a/scorer/overlays/dev/x.yaml'],
      { ...options, rootDirectory: '' },
    );
    expect(teams).toEqual(['team-a']);
    expect(applications[0].directory).toBe(
      'gitops/workloads/team-a/scorer/overlays/dev',
    );
  });
});
