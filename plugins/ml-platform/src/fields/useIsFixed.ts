import { useState } from 'react';
import { existingMode, requestValues } from './requestValues';

/**
 * True for a field that names the existing workload for which the form was opened. Only a value that was there at first is
 * fixed: people can still enter one that a link left out.
 */
export function useIsFixed(props: {
  formData?: string;
  formContext?: { formData?: unknown };
}): boolean {
  const { formData, formContext } = props;
  const [isFixed] = useState(
    () =>
      Boolean(formData) &&
      existingMode(requestValues(formContext?.formData)) !== undefined,
  );
  return isFixed;
}
