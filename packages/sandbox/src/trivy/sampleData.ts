import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

const rowSchema = z.tuple([
  z.string(),
  z.enum(severities),
  z.number(),
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string(),
  z.string().optional(),
]);

const sampleSchema = z.object({
  date: z.iso.datetime(),
  images: z.array(
    z.object({
      image: z.string(),
      os: z.object({ family: z.string(), name: z.string() }),
      vulnerabilities: z.array(rowSchema),
    }),
  ),
});

export type SampleImage = z.infer<typeof sampleSchema>['images'][number];

export interface SampleData {
  /** Date of the sample in ISO 8601. */
  date: string;
  /** Findings by image reference. Other images have no report. */
  images: Map<string, SampleImage>;
}

/** Reads the sample findings for the images of the examples. */
export function readSampleData(): SampleData {
  const file = require.resolve('../../data/trivy-sample.yaml');
  const { date, images } = sampleSchema.parse(
    parse(readFileSync(file, 'utf8')),
  );
  return { date, images: new Map(images.map(image => [image.image, image])) };
}
