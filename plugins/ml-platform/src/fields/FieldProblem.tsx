import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';

/**
 * What is wrong with a value, at once and not only after "Next".
 *
 * @param props - `shownErrors`: what the form itself shows below the field after "Next"; it is not said twice.
 */
export function FieldProblem(props: {
  id?: string;
  shownErrors?: string[];
  children: ReactNode;
}) {
  const { id, shownErrors, children } = props;
  if (typeof children === 'string' && shownErrors?.includes(children)) {
    return null;
  }
  return (
    <Text as="p" id={id} role="alert" variant="body-small" color="danger">
      {children}
    </Text>
  );
}
