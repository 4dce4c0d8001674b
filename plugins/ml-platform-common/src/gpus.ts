import { z } from 'zod';

/**
 * `gpu`: a whole GPU. `slice`: a part of one in hardware, such as a MIG device. `share`: a GPU, or a slice, that several
 * containers use in turns.
 */
const gpuUnitSchema = z.enum(['gpu', 'slice', 'share']);

/** The fields that say which sort of GPU a resource is. */
export const gpuKind = {
  /** Kubernetes' name, for example `nvidia.com/mig-1g.5gb`; of a device class, with the prefix of its implicit resource. */
  resource: z.string(),
  unit: gpuUnitSchema,
  /** Name of one, for example `GPU`, `MIG 1g.5gb slice` or `shared GPU`. */
  name: z.string(),
};

/** An amount of GPUs of one sort. Amounts of different sorts are never added up. */
export const gpuAmountSchema = z.object({
  ...gpuKind,
  count: z.number().int(),
});
export type GpuAmount = z.infer<typeof gpuAmountSchema>;

/** Formats amounts with their sort, for example "2 MIG 1g.5gb slices"; "–" for none. */
export function formatGpus(amounts: GpuAmount[]): string {
  return amounts.length === 0
    ? '–'
    : amounts
        .map(({ count, name }) => `${count} ${name}${count === 1 ? '' : 's'}`)
        .join(', ');
}
