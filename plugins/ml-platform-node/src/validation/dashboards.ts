import {
  type CheckResult,
  dashboardTag,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { parseJson } from '../json/parseJson';
import type { KubernetesObject } from '../kustomize';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { objectCheck } from './objectMessages';

export const DASHBOARDS = [
  'dashboards',
  "Dashboards are the workload's own",
] as const;

const configMapSchema = z.object({
  kind: z.literal('ConfigMap'),
  metadata: z.object({ labels: z.object({ grafana_dashboard: z.string() }) }),
  data: z.record(z.string(), z.string()),
});
const dashboardSchema = z.object({
  uid: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  // Grafana also reads resources, whose metadata has the uid and the folder.
  apiVersion: z.never().optional(),
  kind: z.never().optional(),
});

/**
 * Checks that dashboards are the workload's own. Grafana is shared by all teams: a second dashboard with a `uid` takes the
 * place of the first, and the portal finds dashboards by their tags. The cluster's policies cannot read JSON.
 */
export async function checkDashboards(
  change: Change,
  builds: EnvironmentBuild[],
): Promise<CheckResult> {
  return objectCheck(...DASHBOARDS, {
    change,
    builds,
    problemsOf: object => dashboardProblems(change, object),
  });
}

function dashboardProblems(
  { team, workload }: Change,
  object: KubernetesObject,
): string[] {
  const parsed = configMapSchema.safeParse(object);
  return parsed.success
    ? Object.entries(parsed.data.data)
        .filter(([key]) => key.endsWith('.json'))
        .flatMap(([key, text]) =>
          fileProblems(text, team, workload).map(
            problem => `data.${key}: ${problem}`,
          ),
        )
    : [];
}

function fileProblems(text: string, team: string, workload: string): string[] {
  const parsed = dashboardSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    return ['this is not the JSON of a dashboard. Export it again.'];
  }
  const { uid, tags } = parsed.data;
  const own = [`team:${team}`, dashboardTag(team, workload)];
  const foreign = (tags ?? []).filter(
    tag =>
      (tag.startsWith('team:') || tag.includes('--')) && !own.includes(tag),
  );
  return [
    // Names of workloads have no underscore, so that no other workload's begins with this.
    ...(uid && uid !== workload && !uid.startsWith(`${workload}_`)
      ? [
          `its uid is ${uid}, which may be a dashboard of others. Use ${workload}, or a name that starts with ${workload}_.`,
        ]
      : []),
    ...foreign.map(
      tag =>
        `the tag ${tag} is of another team or workload. Remove it, or use ${own.join(
          ' and ',
        )}.`,
    ),
  ];
}
