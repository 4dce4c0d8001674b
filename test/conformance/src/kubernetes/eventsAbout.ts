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
 * Events of controllers and the scheduler about objects with a name prefix. Events of the kubelet are left out, because kwok
 * writes none.
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
  return (body.items as Event[])
    .filter(({ involvedObject }) => involvedObject.name.startsWith(name))
    .filter(({ source }) => source?.component !== 'kubelet')
    .map(event => ({
      about: `${event.involvedObject.apiVersion} ${event.involvedObject.kind} ${event.involvedObject.namespace}/${event.involvedObject.name}`,
      component: event.source?.component ?? event.reportingComponent,
      message: event.message,
      reason: event.reason,
      type: event.type,
    }));
}
