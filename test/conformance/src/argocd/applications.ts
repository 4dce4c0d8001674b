import { expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import type { Assertions } from '../Suite';
import {
  type Application,
  APPLICATIONS,
  isHealthy,
  isSynced,
} from './Application';

const WEB = 'infra/gitops/workloads/team-a/web/overlays/dev';
const CONFIG_MAPS = '/api/v1/namespaces/team-a-dev/configmaps';

/** The status of Applications, from commit to health. */
export const applications: Assertions = suite => {
  const application = (
    name: string,
    isSettled: (found: Application) => boolean,
  ) =>
    suite.target.kubernetes.settled(`${APPLICATIONS}/${name}`, object =>
      isSettled(object as Application),
    ) as Promise<Application>;
  const health = (name: string, status: string) =>
    application(
      name,
      found => found.status?.health?.status === status && isSynced(found),
    );
  const read = async (path: string) => {
    const { git } = suite.target.repository;
    return git.call(
      suite.target.repository,
      'platform-engineer',
      'show',
      `origin/main:${path}`,
    );
  };

  suite.assert('a synced and healthy Application', async () => {
    const web = await application(
      'team-a--web--dev',
      found => isSynced(found) && isHealthy(found),
    );
    expectLikeReal('application-healthy', normalise(web, ['web']));
  });

  suite.assert(
    'an Application whose Deployment crashes is degraded',
    async () => {
      const { status } = await health('team-a--crash--dev', 'Degraded');
      expectLikeReal('application-degraded', normalise(status, ['crash']));
    },
  );

  suite.assert(
    'an Application whose Job failed is degraded, and one whose Job succeeded is healthy',
    async () => {
      const failed = await health('team-a--train-fail--dev', 'Degraded');
      const succeeded = await health('team-a--train-ok--dev', 'Healthy');
      expect(
        [failed, succeeded].map(({ status }) => status?.sync?.status),
      ).toEqual(['Synced', 'Synced']);
    },
  );

  suite.assert(
    'an Application whose pod is unschedulable is progressing',
    async () => {
      const { status } = await health('team-a--gpu--dev', 'Progressing');
      expect(status?.sync?.status).toBe('Synced');
    },
  );

  suite.assert(
    'an Application whose pod exceeds the quota is progressing',
    async () => {
      const { status } = await health('team-b--squeezed--dev', 'Progressing');
      expectLikeReal('application-refused', normalise(status, ['squeezed']));
    },
  );

  suite.assert('a StatefulSet and a CronJob are healthy', async () => {
    await health('team-a--store--dev', 'Healthy');
    await health('team-a--nightly--dev', 'Healthy');
  });

  suite.assert(
    'a kustomization that cannot be built is a ComparisonError',
    async () => {
      const broken = await application('team-a--broken--dev', ({ status }) =>
        Boolean(status?.conditions?.length),
      );
      expectLikeReal('application-broken', normalise(broken));
    },
  );

  suite.assert(
    'objects that the AppProject forbids are not applied, and the sync is retried',
    async () => {
      const overreach = await application(
        'team-a--overreach--dev',
        ({ status }) =>
          status?.operationState?.message?.includes('Retrying attempt') ??
          false,
      );
      expectLikeReal('application-forbidden', normalise(overreach.status));
      const { status } = await suite.target.kubernetes.get(
        '/api/v1/namespaces/team-a-dev/resourcequotas/mine',
      );
      expect(status).toBe(404);
    },
  );

  suite.assert('a fixed kustomization syncs', async () => {
    await application('team-a--broken--dev', ({ status }) =>
      Boolean(status?.conditions?.length),
    );
    const commit = await suite.target.repository.commit('Fix broken', {
      'infra/gitops/workloads/team-a/broken/overlays/dev/missing.yaml':
        configMap('missing', { found: 'yes' }),
    });
    const { status } = await application('team-a--broken--dev', found =>
      isSynced(found, commit),
    );
    expect(status?.conditions ?? []).toEqual([]);
  });

  suite.assert('a new image adds a sync to the history', async () => {
    const before = await application(
      'team-a--web--dev',
      found => isSynced(found) && isHealthy(found),
    );
    const deployment = await read(`${WEB}/deployment.yaml`);
    const commit = await suite.target.repository.commit('Update web', {
      [`${WEB}/deployment.yaml`]: deployment.replace(':1.0.0', ':1.1.0'),
    });
    const web = await application(
      'team-a--web--dev',
      found =>
        isSynced(found, commit) &&
        isHealthy(found) &&
        found.status?.operationState?.syncResult?.revision === commit,
    );
    expect(web.status?.history?.map(({ id }) => id)).toEqual([0, 1]);
    expect(web.status?.history?.[0].revision).toBe(
      before.status?.history?.[0].revision,
    );
    expect(web.status?.history?.[1].revision).toBe(commit);
    expectLikeReal('application-updated', normalise(web.status, ['web']));
    const rolledOut = await suite.target.kubernetes.settled(
      '/apis/apps/v1/namespaces/team-a-dev/deployments/web',
      ({ metadata, status }) =>
        status?.updatedReplicas === 2 &&
        status.replicas === 2 &&
        metadata.annotations?.['deployment.kubernetes.io/revision'] === '2',
    );
    expectLikeReal('deployment-updated', normalise(rolledOut, ['web']));
  });

  suite.assert(
    'a commit elsewhere changes the revision, and adds no sync to the history',
    async () => {
      const commit = await suite.target.repository.commit('Add a note', {
        'infra/NOTE.md': 'Argo CD does not deploy this file.\n',
      });
      const web = await application('team-a--web--dev', found =>
        isSynced(found, commit),
      );
      expect(web.status?.history).toHaveLength(2);
      expect(web.status?.operationState?.syncResult?.revision).not.toBe(commit);
    },
  );

  suite.assert('an object that was removed from Git is pruned', async () => {
    const kustomization = await read(`${WEB}/kustomization.yaml`);
    await suite.target.kubernetes.settled(`${CONFIG_MAPS}/web`);
    const commit = await suite.target.repository.commit('Drop a ConfigMap', {
      [`${WEB}/kustomization.yaml`]: kustomization.replace(
        /\s+- configmap.yaml/,
        '',
      ),
      [`${WEB}/configmap.yaml`]: undefined,
    });
    const web = await application(
      'team-a--web--dev',
      found =>
        isSynced(found, commit) &&
        found.status?.operationState?.syncResult?.revision === commit,
    );
    const { status } = await suite.target.kubernetes.get(`${CONFIG_MAPS}/web`);
    expect(status).toBe(404);
    expectLikeReal(
      'operation-pruned',
      normalise(web.status?.operationState, ['web']),
    );
  });

  suite.assert(
    'a workload keeps running while its kustomization is broken',
    async () => {
      const kustomization = await read(`${WEB}/kustomization.yaml`);
      const broken = `${kustomization}\n  - nowhere.yaml\n`;
      await suite.target.repository.commit('Break web', {
        [`${WEB}/kustomization.yaml`]: broken,
      });
      const { status } = await application(
        'team-a--web--dev',
        found => found.status?.sync?.status === 'Unknown',
      );
      expectLikeReal('application-broken-later', normalise(status, ['web']));
      const deployment = await suite.target.kubernetes.settled(
        '/apis/apps/v1/namespaces/team-a-dev/deployments/web',
      );
      expect(deployment.status?.availableReplicas).toBe(2);
      const commit = await suite.target.repository.commit('Fix web', {
        [`${WEB}/kustomization.yaml`]: `${kustomization}\n`,
      });
      await application('team-a--web--dev', found => isSynced(found, commit));
    },
  );
};

export function configMap(name: string, data: Record<string, string>): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data,
  });
}
