import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { Callers } from './Callers';

const REQUESTED_NAME = 'requested-canary';
const DESCRIPTION = 'Parameter canary 4711';

/** Things of app-ml-team that routes are called with. */
export interface Examples {
  /** Names by placeholder: `{pod}`, `{task}`, `{request}`… */
  names: Record<string, string>;
  /** Name of a service in an open change request. */
  requestedName: string;
  /** Its description. */
  description: string;
  /** Part of a line in the log of the pod. */
  logText: string;
}

/** Requests a service as the owner, and looks up the names of other things. */
export async function createExamples(
  callers: Callers,
  digest: string,
): Promise<Examples> {
  const read = async (path: string) =>
    JSON.parse(await untilSuccess(callers, path));
  const pod = await findPod(callers);
  const task = JSON.parse(
    await untilSuccess(callers, '/api/scaffolder/v2/tasks', {
      templateRef: 'template:default/ml-service',
      values: {
        team: 'app-ml-team',
        name: REQUESTED_NAME,
        description: DESCRIPTION,
        image: 'ghcr.io/acme/x:1.0.0',
        port: 8080,
        size: 'small',
      },
    }),
  );
  const log = await read(
    `/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/${pod}/logs`,
  );
  const application = await read(
    '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev',
  );
  const entity = await read(
    '/api/catalog/entities/by-name/component/default/ml-backend',
  );
  // Search is empty until the catalog has been indexed.
  await untilSuccess(callers, '/api/search/query?term=ml');
  return {
    names: {
      pod,
      task: task.id,
      digest,
      request: await eventually(async () => {
        const { items } = await read(
          `/api/ml-platform/change-requests?search=${REQUESTED_NAME}`,
        );
        return `${items[0].number}`;
      }),
      run: await eventually(async () => {
        const { items } = await read('/api/ml-platform/teams/app-ml-team/runs');
        return items[0].id;
      }),
      revision: application.status.sync.revision,
      uid: entity.metadata.uid,
    },
    requestedName: REQUESTED_NAME,
    description: DESCRIPTION,
    // Only characters that JSON does not escape.
    logText: /[\w :./-]{12,}/.exec(log.text)![0],
  };
}

function findPod(callers: Callers): Promise<string> {
  return eventually(async () => {
    const body = await untilSuccess(
      callers,
      '/api/kubernetes/resources/workloads/query',
      { entityRef: 'component:default/ml-backend', auth: {} },
    );
    const [pod] =
      /ml-backend-[a-z0-9]+-[a-z0-9]{5}(?=","namespace":"app-ml-team-dev)/.exec(
        JSON.stringify(JSON.parse(body)),
      )!;
    return pod;
  });
}

/** Calls a route as the owner until it succeeds, and returns the body. */
function untilSuccess(
  callers: Callers,
  path: string,
  body?: object,
): Promise<string> {
  return eventually(async () => {
    const method = body ? 'POST' : 'GET';
    const result = await callers.call('owner', method, path, { body });
    if (result.status !== 200 && result.status !== 201) {
      throw new Error(`${path}: ${result.status} ${result.body}`);
    }
    return result.body;
  });
}
