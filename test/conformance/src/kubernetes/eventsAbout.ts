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
 * What controllers and scheduler said of objects whose name begins so; in the order of the alphabet, since many are
 * written within one second. The kubelet's events are left out: where kwok plays it, there are none.
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
  const said = (body.items as Event[])
    .filter(({ involvedObject }) => involvedObject.name.startsWith(name))
    .filter(({ source }) => source?.component !== 'kubelet')
    .map(
      ({
        type,
        reason,
        message,
        source,
        reportingComponent,
        involvedObject,
      }) => ({
        type,
        reason,
        message,
        component: source?.component ?? reportingComponent,
        about: `${involvedObject.apiVersion} ${involvedObject.kind} ${involvedObject.namespace}/${involvedObject.name}`,
      }),
    );
  const byText = new Map(said.map(event => [JSON.stringify(event), event]));
  return [...byText.keys()].sort().map(text => byText.get(text) as object);
}
