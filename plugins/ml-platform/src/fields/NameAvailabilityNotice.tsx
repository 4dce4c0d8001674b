import { Link, Text } from '@backstage/ui';
import type { NameAvailability } from '@internal/plugin-ml-platform-common';
import { FieldProblem } from './FieldProblem';

/** Says below a field whether the name that it holds is free. */
export function NameAvailabilityNotice(props: {
  availability: NameAvailability;
  rawErrors?: string[];
}) {
  const { available, link, unchecked } = props.availability;
  if (!available) {
    return (
      <>
        <FieldProblem shownErrors={props.rawErrors}>
          {takenText(props.availability)}
        </FieldProblem>
        {link && (
          <Link href={link.url} target="_blank" rel="noopener noreferrer">
            {link.title}
          </Link>
        )}
      </>
    );
  }
  return (
    <Text as="p" role="status" variant="body-small" color="success">
      {unchecked.length === 0
        ? 'This name is available.'
        : `This name looks available, but ${unchecked.join(
            ' and ',
          )} could not be checked. The name is checked again when you submit.`}
    </Text>
  );
}

export function takenText({ reason }: NameAvailability): string {
  return reason ?? 'This name is taken. Choose another one.';
}
