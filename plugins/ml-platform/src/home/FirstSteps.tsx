import { Link, Text } from '@backstage/ui';
import { Timeline } from '../components/shared/Timeline';
import { useMyRequests } from './useHome';

/** The way to the first service, in three steps; later ones say what they wait for. */
export function FirstSteps() {
  const { value } = useMyRequests();
  const request = value?.items[0];
  const isMerged = request?.state === 'merged';
  const href = request && `/ml-platform/requests/${request.number}`;
  return (
    <Timeline
      label="Your first service"
      orientation="vertical"
      steps={[
        {
          id: 'create',
          title: 'Fill in the form',
          state: request ? 'passed' : 'running',
          children: (
            <Text as="div" variant="body-small">
              <Link href="/create/templates/default/ml-service">
                Create an ML service
              </Link>
              : you see the exact change before you request it.
            </Text>
          ),
        },
        {
          id: 'merge',
          title: 'Get it reviewed and merged',
          state: mergeState(Boolean(request), isMerged),
          children: (
            <Text as="div" variant="body-small">
              {href ? (
                <Link href={href}>Follow request #{request.number}</Link>
              ) : (
                'Possible once you have requested a service.'
              )}
            </Text>
          ),
        },
        {
          id: 'healthy',
          title: 'Watch it become healthy',
          state: isMerged ? 'running' : 'waiting',
          children: (
            <Text as="div" variant="body-small">
              {isMerged
                ? 'Argo CD applies it now. It appears here and in the catalog.'
                : 'Possible once the request is merged.'}
            </Text>
          ),
        },
      ]}
    />
  );
}

function mergeState(isRequested: boolean, isMerged: boolean) {
  if (isMerged) return 'passed';
  return isRequested ? 'running' : 'waiting';
}
