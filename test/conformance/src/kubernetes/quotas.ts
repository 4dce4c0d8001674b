import { expectEventsLikeReal, expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import type { Assertions } from '../Suite';
import { eventsAbout } from './eventsAbout';
import { hasCondition } from './hasCondition';

const CORE = '/api/v1/namespaces/team-b-dev';
const APPS = '/apis/apps/v1/namespaces/team-b-dev';

/** Objects in a namespace whose quota is exceeded. */
export const quotas: Assertions = suite => {
  suite.assert('a namespace of a tenant', async () => {
    const namespace = await suite.target.kubernetes.settled(CORE);
    expectLikeReal('namespace', normalise(namespace));
  });

  suite.assert('the used resources of a quota', async () => {
    const quota = await suite.target.kubernetes.settled(
      `${CORE}/resourcequotas/tenant`,
      ({ status }) => (status?.used as Record<string, string>)?.pods === '1',
    );
    expectLikeReal('resourcequota', normalise(quota));
  });

  suite.assert('a Deployment whose pod exceeds the quota', async () => {
    const deployment = await suite.target.kubernetes.settled(
      `${APPS}/deployments/squeezed`,
      object =>
        object.status?.availableReplicas === 1 &&
        hasCondition(object, 'ReplicaFailure'),
    );
    expectLikeReal('deployment-refused', normalise(deployment, ['squeezed']));
  });

  suite.assert(
    'the ReplicaSet of a Deployment whose pod exceeds the quota',
    async () => {
      const [set] = await suite.target.kubernetes.settledList(
        `${APPS}/replicasets`,
        {},
        ([first]) =>
          first?.status?.availableReplicas === 1 &&
          hasCondition(first, 'ReplicaFailure'),
      );
      expectLikeReal('replicaset-refused', normalise(set, ['squeezed']));
    },
  );

  suite.assert('the events of an exceeded quota', async () => {
    await expectEventsLikeReal('events-refused', async () =>
      normalise(
        await eventsAbout(suite, 'ReplicaSet', 'squeezed-', 'team-b-dev'),
        ['squeezed'],
      ),
    );
  });
};
