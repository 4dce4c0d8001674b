import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';

/**
 * Shows a field's problem while the user types; the form itself validates only on "Next".
 *
 * @param props - `shownErrors`: messages that the form already shows below the field; they are not repeated.
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
