import { expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import { waitUntil } from '@internal/real-platform';
import type { Assertions } from '../Suite';
import { type Application, APPLICATIONS, isSynced } from './Application';
import { configMap } from './applications';

const TEAM = 'infra/gitops/workloads/team-a';
const KUSTOMIZATION = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - configmap.yaml
`;

/** The Applications that ApplicationSets generate from directories. */
export const applicationSets: Assertions = suite => {
  const deleted = (path: string) =>
    waitUntil(`the deletion of ${path}`, async () => {
      const { status } = await suite.target.kubernetes.get(path);
      expect(status).toBe(404);
    });

  suite.assert('exactly one Application per directory', async () => {
    const applications = await suite.target.kubernetes.settledList(
      APPLICATIONS,
      { labelSelector: 'ml-platform.io/team' },
      items => items.length >= 12,
    );
    expectLikeReal(
      'applications-generated',
      applications.map(({ metadata }) => metadata.name).sort(),
    );
  });

  suite.assert('a new directory becomes an Application', async () => {
    const directory = `${TEAM}/newcomer/overlays/dev`;
    await suite.target.repository.commit('Add newcomer', {
      [`${directory}/kustomization.yaml`]: KUSTOMIZATION,
      [`${directory}/configmap.yaml`]: configMap('newcomer', {}),
    });
    const newcomer = await suite.target.kubernetes.settled(
      `${APPLICATIONS}/team-a--newcomer--dev`,
      object => isSynced(object as Application),
    );
    const { status: _, ...rest } = newcomer;
    expectLikeReal('application-generated', normalise(rest));
  });

  suite.assert(
    'hidden directories and other environments do not become Applications',
    async () => {
      await suite.target.repository.commit(
        'Add directories that are not for dev',
        {
          [`${TEAM}/.hidden/overlays/dev/kustomization.yaml`]: KUSTOMIZATION,
          [`${TEAM}/.hidden/overlays/dev/configmap.yaml`]: configMap(
            'hidden',
            {},
          ),
          [`${TEAM}/later/overlays/prod/kustomization.yaml`]: KUSTOMIZATION,
          [`${TEAM}/later/overlays/prod/configmap.yaml`]: configMap(
            'later',
            {},
          ),
          [`${TEAM}/marker/overlays/dev/kustomization.yaml`]: KUSTOMIZATION,
          [`${TEAM}/marker/overlays/dev/configmap.yaml`]: configMap(
            'marker',
            {},
          ),
        },
      );
      await suite.target.kubernetes.settled(
        `${APPLICATIONS}/team-a--marker--dev`,
      );
      const { body } = await suite.target.kubernetes.list(APPLICATIONS);
      const names = body.items.map(({ metadata }) => metadata.name);
      expect(names.filter(name => /hidden|later/.test(name))).toEqual([]);
    },
  );

  suite.assert(
    'the removal of a directory removes its Application and objects',
    async () => {
      const directory = `${TEAM}/leaver/overlays/dev`;
      const object = '/api/v1/namespaces/team-a-dev/configmaps/leaver';
      await suite.target.kubernetes.settled(object);
      await suite.target.repository.commit('Remove leaver', {
        [`${directory}/kustomization.yaml`]: undefined,
        [`${directory}/configmap.yaml`]: undefined,
      });
      await deleted(`${APPLICATIONS}/team-a--leaver--dev`);
      await deleted(object);
    },
  );
};
