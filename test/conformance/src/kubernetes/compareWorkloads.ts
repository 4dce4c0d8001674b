import { expectEventsLikeReal, expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import type { Suite } from '../Suite';
import type { KubernetesObject } from '../targets/KubernetesObject';
import type { Target } from '../targets/Target';
import { eventsAbout } from './eventsAbout';

/** Functions that wait for the objects of a suite's target, and compare them with recorded ones. */
export function compareWorkloads(suite: Suite<Target>) {
  return {
    settled: (path: string, isSettled: (object: KubernetesObject) => boolean) =>
      suite.target.kubernetes.settled(path, isSettled),

    settledList: (
      path: string,
      labelSelector: string,
      isSettled: (items: KubernetesObject[]) => boolean,
    ) =>
      suite.target.kubernetes.settledList(path, { labelSelector }, isSettled),

    looksLikeReal: (
      name: string,
      value: KubernetesObject,
      generated: string[] = [],
    ) => expectLikeReal(name, normalise(value, generated)),

    eventsLookLikeReal: (
      name: string,
      about: Array<[kind: string, name: string]>,
      generated: string[],
    ) =>
      expectEventsLikeReal(name, async () => {
        const events = await Promise.all(
          about.map(([kind, object]) => eventsAbout(suite, kind, object)),
        );
        return normalise(events.flat(), generated);
      }),
  };
}
