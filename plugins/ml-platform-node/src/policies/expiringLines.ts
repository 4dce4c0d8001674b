import type { KubernetesObject } from '@internal/platform-rules';
import { z } from 'zod';

/** Annotation of parameters: the key whose lines end with the last day on which they count. */
const EXPIRING_ANNOTATION = 'ml-platform.io/expiring';

const expiringSchema = z.object({
  metadata: z.object({
    annotations: z.object({ [EXPIRING_ANNOTATION]: z.string() }),
  }),
  data: z.record(z.string(), z.string()),
});

/** Drops the lines of parameters that no longer count. Expressions of policies know no time, so that a cluster counts them until Git does not have them. */
export function withoutExpiredLines(
  parameters: KubernetesObject,
  now: Date,
): KubernetesObject {
  const { data: expiring } = expiringSchema.safeParse(parameters);
  if (!expiring) {
    return parameters;
  }
  const key = expiring.metadata.annotations[EXPIRING_ANNOTATION];
  const today = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
  const lines = (expiring.data[key] ?? '').split('\n');
  return {
    ...parameters,
    data: {
      ...expiring.data,
      [key]: lines
        .filter(line => line.slice(line.lastIndexOf(' ') + 1) >= today)
        .join('\n'),
    },
  };
}
