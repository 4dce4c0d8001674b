import {
  formatGpus,
  type Run,
  type Runs,
} from '@internal/plugin-ml-platform-common';
import { gpuCostText, gpuHoursText, runDuration, runState } from './runTexts';

/** One property of the compared runs: a value for each of them, `–` where it is not known. */
export interface ComparedProperty {
  id: string;
  name: string;
  values: string[];
  differs: boolean;
}

const UNKNOWN = '–';

/** Compares runs property by property. */
export function compareRuns(
  runs: Run[],
  prices: Runs['prices'],
): ComparedProperty[] {
  const property = (
    id: string,
    name: string,
    valueOf: (run: Run) => string | undefined,
  ): ComparedProperty => {
    const values = runs.map(run => valueOf(run) ?? UNKNOWN);
    return { id, name, values, differs: new Set(values).size > 1 };
  };
  return [
    property('state', 'State', runState),
    property('environment', 'Environment', ({ environment }) => environment),
    property('image', 'Image', ({ image }) => image),
    property('gpus', 'GPUs per pod', ({ gpuAmounts }) =>
      formatGpus(gpuAmounts),
    ),
    property('duration', 'Lasted', runDuration),
    property('gpuHours', 'GPU hours', gpuHoursText),
    ...(prices
      ? [property('cost', 'GPU cost', run => gpuCostText(run, prices))]
      : []),
    property('retries', 'Failed pods', ({ retries }) => String(retries)),
  ];
}
