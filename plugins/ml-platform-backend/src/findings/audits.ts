import {
  KUBERNETES_ID_LABEL,
  type ConfigAudit,
  type ExposedSecret,
} from '@internal/plugin-ml-platform-common';
import {
  parseStoredObjects,
  redactAddresses,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import type { TeamNamespace } from './ImageTable';
import {
  readReport,
  scannedResource,
  severityOf,
  severityRank,
} from './storedReport';

/** Lists the failed checks of a configuration audit report. */
export function configAuditsIn(
  object: StoredObject,
  place: TeamNamespace,
): ConfigAudit[] {
  return parseStoredObjects('configauditreports', [object]).flatMap(
    ({ report }) =>
      report.checks
        .filter(({ success }) => !success)
        .map(({ checkID, success: _, severity, messages, ...check }) => ({
          ...audited(object, place, report.updateTimestamp),
          rule: checkID,
          severity: severityOf(severityRank(severity)),
          ...check,
          containers: [...new Set(messages.flatMap(containerIn))].sort(),
          messages: messages.map(redactAddresses),
        })),
  );
}

/**
 * The container that a message of Trivy's checks names, in one of their forms: "Container 'server' of ReplicaSet …",
 * "container server of deployment …".
 *
 * @see aquasecurity/trivy-checks checks/kubernetes
 */
function containerIn(message: string): string[] {
  const match = /\bcontainer (?:(['"`])(.+?)\1|(\S+) of )/i.exec(message);
  const name = match?.[2] ?? match?.[3];
  return name === undefined ? [] : [name];
}

/** Lists the secrets that a report found in an image. */
export function exposedSecretsIn(
  object: StoredObject,
  place: TeamNamespace,
): ExposedSecret[] {
  const image = readReport(object)?.image ?? '';
  return parseStoredObjects('exposedsecretreports', [object]).flatMap(
    ({ report }) =>
      report.secrets.map(({ ruleID, severity, ...secret }) => ({
        ...audited(object, place, report.updateTimestamp),
        rule: ruleID,
        severity: severityOf(severityRank(severity)),
        ...secret,
        image,
        container: object.metadata.labels?.['trivy-operator.container.name'],
      })),
  );
}

function audited(
  object: StoredObject,
  place: TeamNamespace,
  updatedAt: string | undefined,
) {
  const [kind, name] = scannedResource(object).split('/');
  return {
    ...place,
    // The operator copies the label (`reportResourceLabels`).
    workload: object.metadata.labels?.[KUBERNETES_ID_LABEL],
    resource: { kind, name },
    updatedAt,
  };
}
