import { expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import type { Assertions } from '../Suite';
import { type Application, APPLICATIONS } from './Application';

/** What comes of a sync that fails for good: last, since that takes Argo CD two and a half minutes. */
export const retries: Assertions = suite => {
  suite.assert(
    'what fails is given up after five tries, and told',
    async () => {
      const overreach = (await suite.target.kubernetes.settled(
        `${APPLICATIONS}/team-a--overreach--dev`,
        object =>
          (object as Application).status?.operationState?.phase === 'Failed' &&
          Boolean((object as Application).status?.conditions?.length),
        300,
      )) as Application;
      expectLikeReal('application-given-up', normalise(overreach.status));
    },
    310,
  );
};
