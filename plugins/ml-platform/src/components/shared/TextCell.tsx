import { Cell, Text } from '@backstage/ui';

/** A table cell whose words wrap: names and images matter to their last character. */
export function TextCell(props: {
  title: string;
  description?: string;
  color?: 'primary' | 'secondary';
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
    </Cell>
  );
}
