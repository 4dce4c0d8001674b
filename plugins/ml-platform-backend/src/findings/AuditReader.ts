import {
  severitySchema,
  type ConfigAudit,
  type ConfigAudits,
  type configAuditsQuerySchema,
  type ExposedSecret,
  type ExposedSecrets,
  type exposedSecretsQuerySchema,
  type Severity,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  ObjectType,
  StoredObject,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { configAuditsIn, exposedSecretsIn } from './audits';
import type { FindingsIndex } from './FindingsIndex';
import { retiredReplicaSets } from './retiredReplicaSets';
import {
  countsFrom,
  isWrittenByScanner,
  knownOwners,
} from './reportProvenance';
import { namespacesInScope } from './scope';
import type { TeamNamespace } from './ImageTable';

/** Types of audited objects. */
const OWNER_TYPES = [
  'replicasets',
  'deployments',
  'rollouts',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'jobs',
  'pods',
  'services',
  'configmaps',
  'ingresses',
  'resourcequotas',
  'limitranges',
] as const satisfies ObjectType[];

/** Audited kinds that the cluster store does not hold. */
const UNSTORED_KINDS = ['NetworkPolicy', 'Role', 'RoleBinding'];

type ParsedAuditQuery = z.output<
  typeof configAuditsQuerySchema | typeof exposedSecretsQuerySchema
>;

export interface AuditReaderOptions {
  store: ClusterStore;
  index: FindingsIndex;
}

/** Reads Trivy's configuration audits and exposed secrets. Only the teams that the caller may see count. */
export class AuditReader {
  readonly #store: ClusterStore;
  readonly #index: FindingsIndex;

  constructor({ store, index }: AuditReaderOptions) {
    this.#store = store;
    this.#index = index;
  }

  async configAudits(
    teams: TeamScope,
    query: z.output<typeof configAuditsQuerySchema>,
  ): Promise<ConfigAudits> {
    const { items: all, ignored } = await this.#read(
      teams,
      query,
      'configauditreports',
      configAuditsIn,
    );
    return {
      ignoredReports: ignored,
      ...auditsPage<ConfigAudit>(all, query, each => [
        each.rule,
        each.title,
        each.resource.name,
      ]),
      freshness: this.#freshness('configauditreports'),
    };
  }

  async exposedSecrets(
    teams: TeamScope,
    query: z.output<typeof exposedSecretsQuerySchema>,
  ): Promise<ExposedSecrets> {
    const { items: all, ignored } = await this.#read(
      teams,
      query,
      'exposedsecretreports',
      exposedSecretsIn,
    );
    return {
      ignoredReports: ignored,
      ...auditsPage<ExposedSecret>(all, query, each => [
        each.rule,
        each.title,
        each.image,
        each.target ?? '',
        each.resource.name,
      ]),
      freshness: this.#freshness('exposedsecretreports'),
    };
  }

  /** Reads the scanner's reports in the namespaces of a scope. */
  async #read<T extends { workload?: string }>(
    teams: TeamScope,
    query: ParsedAuditQuery,
    type: ObjectType,
    itemsOf: (report: StoredObject, place: TeamNamespace) => T[],
  ): Promise<{ items: T[]; ignored: number }> {
    await this.#index.refresh();
    const places = namespacesInScope(this.#index, {
      includes: team => teams.includes(team),
      team: query.team,
      environment: query.environment,
    });
    const items: T[] = [];
    let ignored = 0;
    for (const place of places) {
      const { cluster, namespace } = place;
      const reports = await this.#store.list(cluster, type, { namespace });
      const [replicaSets, deployments, rollouts, ...others] = await Promise.all(
        OWNER_TYPES.map(
          async owners =>
            (
              await this.#store.list(cluster, owners, { namespace })
            ).items,
        ),
      );
      // ReplicaSets of earlier revisions run nothing but keep their reports.
      const retired = retiredReplicaSets(replicaSets, [
        ...deployments,
        ...rollouts,
      ]);
      const owners = knownOwners([
        ...[replicaSets, deployments, rollouts, ...others].flat(),
        ...reports.items.filter(hasUnstoredOwner),
      ]);
      for (const report of reports.items) {
        const { ownerReferences = [] } = report.metadata;
        const from = countsFrom(report) ?? Infinity;
        if (from > Date.now() || !isWrittenByScanner(report, owners)) {
          ignored += 1;
        } else if (!ownerReferences.some(({ uid }) => retired.has(uid))) {
          items.push(...itemsOf(report, place));
        }
      }
    }
    return {
      items: items.filter(
        ({ workload }) =>
          query.workload === undefined || workload === query.workload,
      ),
      ignored,
    };
  }

  #freshness(type: ObjectType) {
    const reads = new FreshnessTracker({ store: this.#store });
    for (const cluster of this.#store.clusters()) {
      reads.track(cluster, 'namespaces', ...OWNER_TYPES, type);
    }
    return reads.freshness();
  }
}

/** Only the report itself names its owner. The garbage collector deletes reports whose owner does not exist. */
function hasUnstoredOwner({ metadata }: StoredObject): boolean {
  const [owner] = metadata.ownerReferences ?? [];
  return owner !== undefined && UNSTORED_KINDS.includes(owner.kind);
}

/** Filters, sorts and pages audits. `severity`, `desc` is most severe first; ties have an order, so that pages do not overlap. */
function auditsPage<T extends ConfigAudit | ExposedSecret>(
  all: T[],
  { severity, search, sort, order, offset, limit }: ParsedAuditQuery,
  textsOf: (item: T) => string[],
): { counts: Record<Severity, number>; items: T[]; total: number } {
  const severities = severity?.split(',');
  const words = search?.toLowerCase();
  const matching = all.filter(
    item =>
      (!severities || severities.includes(item.severity)) &&
      (!words ||
        textsOf(item).some(text => text.toLowerCase().includes(words))),
  );
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const item of matching) {
    counts[item.severity] += 1;
  }
  const rank = severitySchema.options;
  const place = ({ cluster, namespace, resource, rule }: T) =>
    [namespace, resource.kind, resource.name, rule, cluster].join('/');
  const compare = {
    severity: (a: T, b: T) =>
      rank.indexOf(b.severity) - rank.indexOf(a.severity),
    rule: (a: T, b: T) => compareText(a.rule, b.rule),
    resource: (a: T, b: T) => compareText(place(a), place(b)),
  }[sort];
  const sign = order === 'asc' ? 1 : -1;
  const items = matching
    .sort((a, b) => sign * compare(a, b) || compareText(place(a), place(b)))
    .slice(offset, offset + limit);
  return { counts, items, total: matching.length };
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
