import { join } from 'node:path';
import { checkout } from '../paths';
import { run } from '../processes/run';
import type { Cluster } from './Cluster';
import type { PlatformRepository } from './PlatformRepository';

const NAME = 'risk';
const TENANT = `infra/gitops/tenants/${NAME}/tenant.yaml`;

/** As the golden path `team-namespace` writes it. */
const PLAN = `name: ${NAME}
title: Risk
description: Scores credit risk
group: risk-models
environments:
  dev: { tier: small }
  prod: { tier: large }
queue: { cpu: 16, memory: 64Gi, gpus: 2 }
`;

/** Commits a new team with everything that is rendered from its plan, which is what the portal's pull request has. */
export async function pushNewTeam(
  repository: PlatformRepository,
): Promise<void> {
  await repository.push('Add a team', {
    write: { [TENANT]: PLAN },
    prepare: () =>
      run(
        process.execPath,
        [
          '-r',
          '@backstage/cli/config/nodeTransform.cjs',
          join(checkout, 'packages/platform-check/src/cli.ts'),
          '--render',
          `--repository=${repository.directory}`,
        ],
        {
          directory: checkout,
          environment: { PATH: process.env.PATH ?? '' },
        },
      ),
  });
}

/**
 * Lets Argo CD apply projects and ApplicationSets of all teams from the repository, as the root Application of a planned
 * cluster does.
 */
export async function applyRoot(
  { kubectl }: Cluster,
  repositoryUrl = '',
): Promise<void> {
  const replace = (path: string) =>
    `- op: replace\n  path: ${path}\n  value: ${repositoryUrl}\n`;
  await kubectl.apply(['-'], {
    input: JSON.stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'root', namespace: 'argocd' },
      spec: {
        project: 'platform',
        source: {
          repoURL: repositoryUrl,
          targetRevision: 'main',
          path: 'infra/gitops/bootstrap/argocd',
          kustomize: {
            patches: [
              {
                target: { kind: 'AppProject' },
                patch: replace('/spec/sourceRepos/0'),
              },
              {
                target: { kind: 'ApplicationSet' },
                patch: `${replace('/spec/generators/0/git/repoURL')}${replace(
                  '/spec/template/spec/source/repoURL',
                )}`,
              },
            ],
          },
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'argocd',
        },
        syncPolicy: {
          automated: { prune: false, selfHeal: true },
          syncOptions: ['ServerSideApply=true'],
        },
      },
    }),
  });
}
