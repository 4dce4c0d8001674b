import { ButtonLink, Flex, Text } from '@backstage/ui';
import type { EnvironmentAction } from './environmentActions';

/** Links to prefilled forms; below them, as text, why the others are not possible now. */
export function Actions({ actions }: { actions: EnvironmentAction[] }) {
  const impossible = actions.filter(({ reason }) => reason);
  const byReason = Map.groupBy(impossible, ({ reason }) => reason);
  return (
    <Flex direction="column" gap="2">
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        {actions.map(
          action =>
            action.reason === undefined && (
              <ButtonLink
                key={action.id}
                size="small"
                variant={action.id === 'promote' ? 'primary' : 'secondary'}
                href={action.href}
              >
                {action.label}
              </ButtonLink>
            ),
        )}
      </Flex>
      {[...byReason].map(([reason, same]) => (
        <Text key={reason} as="p" variant="body-small" color="secondary">
          {same.map(({ label }) => label).join(', ')}: not possible now.{' '}
          {reason}
        </Text>
      ))}
    </Flex>
  );
}
