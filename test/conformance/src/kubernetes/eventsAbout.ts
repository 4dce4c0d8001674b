import type { Suite } from '../Suite';
import type { Target } from '../targets/Target';
import type { KubernetesObject } from '../targets/KubernetesObject';

interface Event extends KubernetesObject {
  type: string;
  reason: string;
  message: string;
  source?: { component?: string };
  reportingComponent?: string;
  involvedObject: {
    kind: string;
    apiVersion: string;
    namespace: string;
    name: string;
  };
}

/**
 * What controllers and scheduler said of objects whose name begins so. The kubelet's events are left out: where kwok plays it, there are none.
 */
export async function eventsAbout(
  suite: Suite<Target>,
  kind: string,
  name: string,
  namespace = 'team-a-dev',
): Promise<object[]> {
  const { body } = await suite.target.kubernetes.list(
    `/api/v1/namespaces/${namespace}/events`,
    { fieldSelector: `involvedObject.kind=${kind}` },
  );
  return (
    (body.items as Event[])
      .filter(({ involvedObject }) => involvedObject.name.startsWith(name))
      .filter(({ source }) => source?.component !== 'kubelet')
      // In the order of the alphabet, as they are recorded.
      .map(event => ({
        about: `${event.involvedObject.apiVersion} ${event.involvedObject.kind} ${event.involvedObject.namespace}/${event.involvedObject.name}`,
        component: event.source?.component ?? event.reportingComponent,
        message: event.message,
        reason: event.reason,
        type: event.type,
      }))
  );
}
