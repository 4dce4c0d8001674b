import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';

/** Placeholder of a field while its options load. */
export function LoadingField({ subject }: { subject: string }) {
  return (
    <Flex direction="column" role="status">
      <VisuallyHidden>Loading {subject}</VisuallyHidden>
      <Skeleton height={56} />
    </Flex>
  );
}
