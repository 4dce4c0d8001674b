import {
  severitySchema,
  type VulnerabilitiesQuery,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

/** One of the sizes that the table knows: it shows wrong numbers for others. */
export const PAGE_SIZE = 20;

const SEVERITIES: string[] = severitySchema.options;

/** Query parameters that all tabs of the page have. */
const common = {
  team: z.string().max(100).catch(''),
  environment: z.string().max(100).catch(''),
  search: z.string().max(200).catch(''),
  order: z.enum(['asc', 'desc']).catch('desc'),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .catch('1'),
};

/** Comma-separated severities; what is none is dropped. */
const severity = z
  .string()
  .catch('')
  .transform(text =>
    text
      .split(',')
      .filter(each => SEVERITIES.includes(each))
      .join(','),
  );

export const vulnerabilityFiltersSchema = z.object({
  ...common,
  severity,
  fixable: z.enum(['', 'true', 'false']).catch(''),
  sort: z
    .enum(['fixable', 'severity', 'score', 'cve', 'affected', 'firstSeen'])
    .catch('fixable'),
  /** The vulnerability in the side panel. */
  cve: z.string().max(100).catch(''),
});
export type VulnerabilityFilters = z.infer<typeof vulnerabilityFiltersSchema>;

export const imageFiltersSchema = z.object({
  ...common,
  report: z.enum(['', 'present', 'stale', 'none', 'failed']).catch(''),
  sort: z.enum(['severity', 'image', 'scannedAt']).catch('severity'),
});

export const auditFiltersSchema = z.object({
  ...common,
  severity,
  sort: z.enum(['severity', 'rule', 'resource']).catch('severity'),
});

/** Offset and limit of a page, from 1. */
export function pageQuery(page: string) {
  return { offset: (Number(page) - 1) * PAGE_SIZE, limit: PAGE_SIZE };
}

/** Translates filters for the backend. Empty values mean no filter. */
export function vulnerabilityQuery(
  filters: Omit<VulnerabilityFilters, 'cve'>,
): VulnerabilitiesQuery {
  const { page, ...rest } = filters;
  return { ...withoutEmpty(rest), ...pageQuery(page) };
}

export function withoutEmpty<T extends Record<string, string>>(
  filters: T,
): Partial<T> {
  return Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== ''),
  ) as Partial<T>;
}
