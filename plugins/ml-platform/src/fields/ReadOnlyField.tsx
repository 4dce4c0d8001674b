import { TextField } from '@backstage/ui';

/** Field whose value people can read, focus and copy, but not change. */
export function ReadOnlyField(props: {
  label: string;
  description?: string;
  value: string;
}) {
  return <TextField {...props} isReadOnly />;
}
