import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ARGOCD_APP_SELECTOR_ANNOTATION,
  CATALOG_FILE_PROBLEMS_ANNOTATION,
  type CatalogFileStatus,
  dashboardTag,
  GRAFANA_DASHBOARD_SELECTOR_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  TEAM_ANNOTATION,
  TEAM_LABEL,
  WORKLOAD_ANNOTATION,
  WORKLOAD_LABEL,
} from '@internal/plugin-ml-platform-common';
import { mainRefs } from '@internal/plugin-ml-platform-node';

/** A workload and its `catalog-info.yaml`, relative to the repository's root. */
export interface WorkloadLocation {
  team: string;
  workload: string;
  path: string;
}

/** The template that created the workload. Only the file knows it, and no page trusts it. */
const SOURCE_TEMPLATE_ANNOTATION = 'backstage.io/source-template';
/** Annotations of these domains select data in other systems, so a file cannot set them. */
const PLATFORM_DOMAINS = [
  'argocd',
  'backstage.io',
  'grafana',
  'kubernetes.io',
  'ml-platform.io',
];

/** Sets owner, system, location and join annotations from the path of the file; values in the file are overwritten. */
export function withPlatformMetadata(
  entity: Entity,
  options: {
    location: WorkloadLocation;
    /** Problems of the file, for `CatalogFileStatusProcessor`. */
    status: CatalogFileStatus;
    fileUrl: (file: { path: string }) => string;
  },
): Entity {
  const { location, status, fileUrl } = options;
  const { team, workload, path } = location;
  const managedBy = `url:${fileUrl({ path })}`;
  const directory = path.slice(0, path.lastIndexOf('/'));
  const isMain = mainRefs(workload).includes(stringifyEntityRef(entity));
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      namespace: 'default',
      annotations: {
        ...ownAnnotations(entity),
        [ANNOTATION_LOCATION]: managedBy,
        [ANNOTATION_ORIGIN_LOCATION]: managedBy,
        [ANNOTATION_SOURCE_LOCATION]: `url:${fileUrl({ path: directory })}/`,
        [TEAM_ANNOTATION]: team,
        [WORKLOAD_ANNOTATION]: workload,
        ...(status.length > 0 && {
          [CATALOG_FILE_PROBLEMS_ANNOTATION]: JSON.stringify(status),
        }),
        ...(isMain && {
          [ARGOCD_APP_SELECTOR_ANNOTATION]: `${TEAM_LABEL}=${team},${WORKLOAD_LABEL}=${workload}`,
          [KUBERNETES_ID_ANNOTATION]: workload,
          [GRAFANA_DASHBOARD_SELECTOR_ANNOTATION]: dashboardTag(team, workload),
        }),
      },
    },
    spec: {
      ...entity.spec,
      owner: `group:default/${team}`,
      // A team's component would be on the pages of the system's owner, as a part of it.
      system: team,
    },
  };
}

function ownAnnotations(entity: Entity): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entity.metadata.annotations ?? {}).filter(([key]) => {
      const [domain] = key.split('/');
      return (
        key === SOURCE_TEMPLATE_ANNOTATION ||
        !PLATFORM_DOMAINS.some(
          own => domain === own || domain.endsWith(`.${own}`),
        )
      );
    }),
  );
}
