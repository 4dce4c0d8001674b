import { MAX_ENVIRONMENT_LENGTH } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

const DNS_LABEL = /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/;
const QUANTITY = /^\d+(\.\d+)?(m|[kMGTP]i?)?$/;

const dnsLabel = z
  .string()
  .regex(
    DNS_LABEL,
    'must be 1 to 30 lower-case letters, digits and "-", starting with a letter',
  );

const url = (description: string) =>
  z
    .string()
    .regex(
      /^https?:\/\/[A-Za-z0-9.:-]+(\/[A-Za-z0-9._~-]+)*$/,
      `must be ${description}, without credentials and without "/" at the end`,
    );

/** One line of text, which cannot end a comment or a string of a rendered file. */
const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{C}"\\]+$/u, 'must be one line without quotes');

const pathSegments =
  /^([A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?$/;
const forgeName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be a name in the forge');

const clusterSchema = z.strictObject({
  /** Directory in `gitops/bootstrap`, and name of the Terraform settings. */
  name: dnsLabel,
  type: z.enum(['eks', 'kind']),
  /** Directories of `gitops/platform` that the cluster has besides queues and policies. */
  addOns: z.array(dnsLabel).default([]),
});

/** `platform.yaml`: what the whole platform has in common. */
export const platformSchema = z.strictObject({
  /** The company in the forge, which owns the repository and the teams of CODEOWNERS. */
  organization: forgeName,
  repository: z.strictObject({
    /** The forge's address; the clone URL is `<server>/<organization>/<name>.git`. */
    server: url('the address of the forge, for example https://github.com'),
    name: forgeName,
    branch: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._/-]*$/,
        'must be the name of a branch, for example main',
      ),
    /** The directory of this file; empty for the repository's root. */
    root: z
      .string()
      .regex(pathSegments, 'must be a directory such as infra, or empty'),
  }),
  forge: z.strictObject({
    type: z.enum(['github', 'gitea']),
    platformTeam: forgeName,
  }),
  /** The AWS account of the clusters; without it no Terraform is rendered. */
  aws: z
    .strictObject({
      account: z.string().regex(/^\d{12}$/, 'must be 12 digits, in quotes'),
      region: z
        .string()
        .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-1'),
      /** Default: `<organization>-ml-platform-state`. */
      stateBucket: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
          'must be 3 to 63 lower-case letters, digits and "-"',
        )
        .optional(),
      /** ID of the key of the states, from the outputs of `compositions/foundation`. */
      stateKey: z
        .string()
        .regex(/^(mrk-)?[0-9a-f-]{32,36}$/, 'must be the ID of a KMS key'),
    })
    .optional(),
  environments: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(
            new RegExp(`^[a-z][a-z0-9]{0,${MAX_ENVIRONMENT_LENGTH - 1}}$`),
            `must be 1 to ${MAX_ENVIRONMENT_LENGTH} lower-case letters and digits, starting with a letter`,
          ),
        cluster: z.string(),
        /** The end of a team's namespace, after the team's name. */
        namespaceSuffix: z
          .string()
          .regex(
            /^(-[a-z0-9]+)?$/,
            'must be empty, or "-" with lower-case letters and digits after it',
          )
          .default(''),
        /** Applications of production are never deleted automatically. */
        production: z.boolean().default(false),
      }),
    )
    .min(1),
  clusters: z.array(clusterSchema).min(1),
  /** Local clusters with all environments and a forge of their own. */
  rehearsals: z
    .array(
      clusterSchema.extend({
        type: z.enum(['kind', 'sandbox']),
        /** Clone URL of the repository in the local forge. */
        repositoryUrl: url('the clone URL of the local forge'),
      }),
    )
    .default([]),
});
export type PlatformFile = z.infer<typeof platformSchema>;

const quantity = z
  .union([z.string(), z.number().nonnegative()])
  .transform(String)
  .refine(
    value => QUANTITY.test(value),
    'must be a quantity such as 8 or 32Gi',
  );

/** `gitops/tenants/<team>/tenant.yaml`: what one team has. */
export const tenantSchema = z.strictObject({
  /** The name of the directory. */
  name: z.string(),
  /** The group that owns the team: in the catalog, the forge and the clusters. Default: a group with the team's name. */
  group: forgeName.optional(),
  title: line,
  description: line,
  /** Environments by name. The tier is a component `gitops/components/tier-<tier>` with quota and limits. */
  environments: z
    .record(z.string(), z.strictObject({ tier: dnsLabel }))
    .refine(
      environments => Object.keys(environments).length > 0,
      'must have at least one environment',
    ),
  /** Share of the queue on each cluster of the team's environments. */
  queue: z.strictObject({
    cpu: quantity,
    memory: quantity,
    gpus: z.number().int().nonnegative(),
  }),
});
export type TenantFile = z.infer<typeof tenantSchema>;
