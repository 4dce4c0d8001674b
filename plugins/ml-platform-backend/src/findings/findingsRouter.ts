import {
  configAuditsQuerySchema,
  exposedSecretsQuerySchema,
  findingsReadPermission,
  findingsSummaryQuerySchema,
  imageDifferenceQuerySchema,
  imagesQuerySchema,
  vulnerabilitiesQuerySchema,
  vulnerabilityPlacesQuerySchema,
  type ConfigAudits,
  type ExposedSecrets,
  type FindingsSummary,
  type ImageDifference,
  type Images,
  type Vulnerabilities,
  type VulnerabilityDetail,
} from '@internal/plugin-ml-platform-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import type { TeamAccess } from '../http/TeamAccess';
import type { AuditReader } from './AuditReader';
import type { FindingsReader } from './FindingsReader';

/** What Trivy found, over all teams whose findings the caller may see. */
export function createFindingsRouter(options: {
  access: TeamAccess;
  findings: FindingsReader;
  audits: AuditReader;
}): Router {
  const { access, findings, audits } = options;
  const router = PromiseRouter();
  const teamsOf = (request: Request) =>
    access.scope(request, findingsReadPermission);

  router.get('/vulnerabilities', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(vulnerabilitiesQuerySchema, request.query);
    const page: Vulnerabilities = await findings.vulnerabilities(teams, query);
    response.json(page);
  });

  router.get('/vulnerabilities/:cve', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(vulnerabilityPlacesQuerySchema, request.query);
    const detail: VulnerabilityDetail = await findings.vulnerability(
      teams,
      request.params.cve,
      query,
    );
    response.json(detail);
  });

  router.get('/findings/summary', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(findingsSummaryQuerySchema, request.query);
    const summary: FindingsSummary = await findings.summary(teams, query);
    response.json(summary);
  });

  router.get('/images', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(imagesQuerySchema, request.query);
    const page: Images = await findings.images(teams, query);
    response.json(page);
  });

  router.get('/images/difference', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(imageDifferenceQuerySchema, request.query);
    const difference: ImageDifference = await findings.difference(teams, query);
    response.json(difference);
  });

  router.get('/config-audits', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(configAuditsQuerySchema, request.query);
    const page: ConfigAudits = await audits.configAudits(teams, query);
    response.json(page);
  });

  router.get('/exposed-secrets', async (request, response) => {
    const teams = await teamsOf(request);
    const query = parseRequest(exposedSecretsQuerySchema, request.query);
    const page: ExposedSecrets = await audits.exposedSecrets(teams, query);
    response.json(page);
  });

  return router;
}
