import { Cell, Text } from '@backstage/ui';
import type { ReactNode } from 'react';

/** Table cell whose text wraps instead of being cut off: names and images must be fully readable. */
export function TextCell(props: {
  title: string;
  description?: string;
  color?: 'primary' | 'secondary';
  children?: ReactNode;
}) {
  const wrap = { overflowWrap: 'anywhere' } as const;
  return (
    <Cell>
      <Text as="div" style={wrap} color={props.color}>
        {props.title}
      </Text>
      {props.description && (
        <Text as="div" style={wrap} variant="body-small" color="secondary">
          {props.description}
        </Text>
      )}
      {props.children}
    </Cell>
  );
}
