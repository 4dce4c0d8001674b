import { Flex, Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';

/** Several inputs with a title and a description that are read for all of them. */
export function FieldGroup(props: {
  title: string;
  description: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Flex
      direction="column"
      gap="2"
      role="group"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
    >
      <Text as="span" id={`${id}-title`} weight="bold" variant="body-small">
        {props.title}
      </Text>
      <Text
        as="p"
        id={`${id}-description`}
        variant="body-small"
        color="secondary"
      >
        {props.description}
      </Text>
      {props.children}
    </Flex>
  );
}
