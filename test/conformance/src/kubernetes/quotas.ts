import { expectEventsLikeReal, expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import type { Assertions } from '../Suite';
import { eventsAbout } from './eventsAbout';
import { hasCondition } from './hasCondition';

const CORE = '/api/v1/namespaces/team-b-dev';
const APPS = '/apis/apps/v1/namespaces/team-b-dev';

/** What a team sees when its quota has no room. */
export const quotas: Assertions = suite => {
  suite.assert(
    'a namespace of a tenant',
    async () => {
      const namespace = await suite.target.kubernetes.settled(CORE);
      expectLikeReal('namespace', normalise(namespace));
    },
    60,
  );

  suite.assert(
    'what a quota counts',
    async () => {
      const quota = await suite.target.kubernetes.settled(
        `${CORE}/resourcequotas/tenant`,
        ({ status }) => (status?.used as Record<string, string>)?.pods === '1',
      );
      expectLikeReal('resourcequota', normalise(quota));
    },
    90,
  );

  suite.assert(
    'a Deployment that the quota refuses a pod',
    async () => {
      const deployment = await suite.target.kubernetes.settled(
        `${APPS}/deployments/squeezed`,
        object =>
          object.status?.availableReplicas === 1 &&
          hasCondition(object, 'ReplicaFailure'),
      );
      expectLikeReal('deployment-refused', normalise(deployment, ['squeezed']));
    },
    90,
  );

  suite.assert(
    'its ReplicaSet, which tells why',
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
    90,
  );

  suite.assert(
    'the events of a refusal',
    async () => {
      await expectEventsLikeReal('events-refused', async () =>
        normalise(
          await eventsAbout(suite, 'ReplicaSet', 'squeezed-', 'team-b-dev'),
          ['squeezed'],
        ),
      );
    },
    90,
  );
};
