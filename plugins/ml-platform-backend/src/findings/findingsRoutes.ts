import {
  configAuditsQuerySchema,
  configAuditsSchema,
  exposedSecretsQuerySchema,
  exposedSecretsSchema,
  findingsQuerySchema,
  findingsReadPermission,
  findingsSchema,
  findingsSummaryQuerySchema,
  findingsSummarySchema,
  imageDifferenceQuerySchema,
  imageDifferenceSchema,
  imagesQuerySchema,
  imagesSchema,
  vulnerabilitiesQuerySchema,
  vulnerabilitiesSchema,
  vulnerabilityDetailSchema,
  vulnerabilityPlacesQuerySchema,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../http/defineRoute';
import type { Route } from '../http/Route';
import { teamInPath, teamScope } from '../http/RoutePermission';
import type { AuditReader } from './AuditReader';
import type { FindingsReader } from './FindingsReader';

/** Routes for Trivy's findings: of one workload, and across the teams whose findings the caller may see. */
export function createFindingsRoutes(options: {
  findings: FindingsReader;
  audits: AuditReader;
}): Route[] {
  const { findings, audits } = options;
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:team/workloads/:workload/findings',
      summary: 'Vulnerabilities in the running images of a workload',
      permission: teamInPath(findingsReadPermission),
      query: findingsQuerySchema,
      response: findingsSchema,
      handler: ({ params, query }) =>
        findings.workload(params.team, params.workload, query),
    }),
    defineRoute({
      method: 'get',
      path: '/vulnerabilities',
      summary: 'Vulnerabilities in running images, across teams',
      permission: teamScope(findingsReadPermission),
      query: vulnerabilitiesQuerySchema,
      response: vulnerabilitiesSchema,
      handler: ({ scope, query }) => findings.vulnerabilities(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/vulnerabilities/:cve',
      summary: 'One vulnerability, with the workloads and images that have it',
      permission: teamScope(findingsReadPermission),
      query: vulnerabilityPlacesQuerySchema,
      response: vulnerabilityDetailSchema,
      handler: ({ scope, params, query }) =>
        findings.vulnerability(scope, params.cve, query),
    }),
    defineRoute({
      method: 'get',
      path: '/findings/summary',
      summary: 'Vulnerability counts by team',
      permission: teamScope(findingsReadPermission),
      query: findingsSummaryQuerySchema,
      response: findingsSummarySchema,
      handler: ({ scope, query }) => findings.summary(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/images',
      summary: 'Running images and the state of their reports',
      permission: teamScope(findingsReadPermission),
      query: imagesQuerySchema,
      response: imagesSchema,
      handler: ({ scope, query }) => findings.images(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/images/difference',
      summary:
        'Vulnerabilities that are fixed, new or unchanged between two images',
      permission: teamScope(findingsReadPermission),
      query: imageDifferenceQuerySchema,
      response: imageDifferenceSchema,
      handler: ({ scope, query }) => findings.difference(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/config-audits',
      summary: 'Failed configuration checks of Kubernetes objects',
      permission: teamScope(findingsReadPermission),
      query: configAuditsQuerySchema,
      response: configAuditsSchema,
      handler: ({ scope, query }) => audits.configAudits(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/exposed-secrets',
      summary:
        'Locations of secrets in images; the secrets themselves are never returned',
      permission: teamScope(findingsReadPermission),
      query: exposedSecretsQuerySchema,
      response: exposedSecretsSchema,
      handler: ({ scope, query }) => audits.exposedSecrets(scope, query),
    }),
  ];
}
