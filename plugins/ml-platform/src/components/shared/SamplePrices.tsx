import { Alert } from '@backstage/ui';
import {
  SAMPLE_PRICES,
  type TeamsCost,
} from '@internal/plugin-ml-platform-common';

/** Notice about costs that are not real ones, or not known. */
export function SamplePrices(props: {
  cost?: Pick<TeamsCost, 'configured' | 'sample'>;
}) {
  if (!props.cost) {
    return null;
  }
  const { configured, sample } = props.cost;
  if (!configured) {
    return (
      <Alert
        role="status"
        status="info"
        icon
        title="Costs are not known: no prices are configured."
        description="The platform team sets them in the portal's configuration, in mlPlatform.prices."
      />
    );
  }
  return sample ? (
    <Alert role="status" status="info" icon title={SAMPLE_PRICES} />
  ) : null;
}
