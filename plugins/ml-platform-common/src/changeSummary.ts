import { z } from 'zod';
import { formatBytes } from './formatting';

/** Resources of pods and volumes, requested at the same time. */
const resourceNeedsSchema = z.object({
  pods: z.number().int(),
  /** CPU requests in cores. */
  cpu: z.number(),
  /** Memory requests in bytes. */
  memory: z.number(),
  /** Whole GPUs. */
  gpus: z.number().int(),
  /** Size of volumes in bytes. */
  storage: z.number(),
});
export type ResourceNeeds = z.infer<typeof resourceNeedsSchema>;

const environmentNeedsSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  /** Services and volumes of the workload at the base commit, and after the change. */
  before: resourceNeedsSchema,
  after: resourceNeedsSchema,
  /** `after`, with the most replicas that autoscalers may start. */
  most: resourceNeedsSchema,
  /** Jobs that start with the change, all at once. */
  jobs: resourceNeedsSchema,
  /** GPUs of the team's queue; absent when the plan of the team cannot be read. */
  queue: z
    .object({
      /** The team's own share. */
      gpus: z.number().int(),
      /** With all that other teams could lend. */
      mostGpus: z.number().int(),
    })
    .optional(),
});
export type EnvironmentNeeds = z.infer<typeof environmentNeedsSchema>;

const costChangeSchema = z.object({
  /** ISO 4217. */
  currency: z.string(),
  /** True for made-up prices. */
  sample: z.boolean(),
  /** A sentence for each environment, with the arithmetic. */
  texts: z.array(z.string()),
});
export type CostChange = z.infer<typeof costChangeSchema>;

const approvalSchema = z.object({
  /** A team, or `platform`. */
  approver: z.string(),
  reasons: z.array(z.string()),
});
export type Approval = z.infer<typeof approvalSchema>;

/** A change in words, the same in the preview and in the pull request. */
export const changeSummarySchema = z.object({
  /** Environments with objects that change, in order of promotion. */
  environments: z.array(z.string()),
  /** Environments with cloud resources that change. */
  cloudEnvironments: z.array(z.string()),
  /** Sentences about objects, cloud resources and files. */
  changes: z.array(z.string()),
  /** One entry for each environment in which something needs resources, before or after the change. */
  needs: z.array(environmentNeedsSchema),
  /** Absent without prices in the portal's configuration. */
  cost: costChangeSchema.optional(),
  approvals: z.array(approvalSchema),
});
export type ChangeSummary = z.infer<typeof changeSummarySchema>;

export function addNeeds(a: ResourceNeeds, b: ResourceNeeds): ResourceNeeds {
  return {
    pods: a.pods + b.pods,
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    gpus: a.gpus + b.gpus,
    storage: a.storage + b.storage,
  };
}

/** Formats an amount of a resource, for example "2 GPUs", "0.5 CPUs" or "2 GiB of memory". */
export function formatNeed(
  resource: keyof ResourceNeeds,
  amount: number,
): string {
  switch (resource) {
    case 'memory':
      return `${formatBytes(amount)} of memory`;
    case 'storage':
      return `${formatBytes(amount)} of volumes`;
    default: {
      const number = Math.round(amount * 1000) / 1000;
      const name = { pods: 'pod', cpu: 'CPU', gpus: 'GPU' }[resource];
      return `${number} ${number === 1 ? name : `${name}s`}`;
    }
  }
}

/** Rule of approvals that holds for every change. */
export const APPROVAL_RULE =
  'The person who requests a change does not approve it.';

/** Says who must approve a change, and why. */
export function approvalText({ approver, reasons }: Approval): string {
  return `${
    approver === 'platform' ? 'The platform team' : approver
  }: ${reasons.join(' ')}`;
}

/** Sentence of a cost at prices that are not real ones. */
export const SAMPLE_PRICES = 'The prices are made up, for demonstration.';
