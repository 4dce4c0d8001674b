import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Box, Flex, Text } from '@backstage/ui';
import { useCallback, useEffect, useRef } from 'react';
import { useParams } from 'react-router-dom';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { acceptedDigest } from '../preview/acceptedDigest';
import { PreviewReport } from '../preview/PreviewReport';
import { useRequest } from '../hooks/useRequest';

const schema = makeFieldSchema({ output: z => z.string() });

/**
 * Shows the change that the backend computed from the earlier form pages.
 * The field's value is the digest of that change while it can be submitted, and empty otherwise.
 */
function Preview(props: typeof schema.TProps) {
  const { name, onChange, schema: text } = props;
  const client = useApi(mlPlatformApiRef);
  const { namespace, templateName } = useParams();
  const values = otherValues(props.formContext?.formData, name);
  const { value, error, loading, retry } = useRequest(
    useCallback(
      () =>
        client.preview({
          templateRef: `template:${namespace}/${templateName}`,
          values: JSON.parse(values),
        }),
      [client, namespace, templateName, values],
    ),
  );

  // The form passes a new function whenever any value changes.
  const onChangeRef = useRef(onChange);
  onChangeRef.current = onChange;
  const digest = value && !loading ? acceptedDigest(value) : '';
  useEffect(() => onChangeRef.current(digest), [digest]);

  return (
    // A background, so that secondary buttons stand out on it.
    <Box bg="neutral">
      <Flex direction="column" gap="4">
        <Text as="h2" variant="title-small">
          {text.title ?? 'Preview'}
        </Text>
        {loading && (
          <Alert
            role="status"
            status="info"
            isPending
            title="Computing the exact change"
            description="Rendering the template, then building and checking the manifests of every environment. This usually takes a few seconds."
          />
        )}
        {error && !loading && (
          <ErrorNotice
            title="The preview failed. Your input is kept."
            error={error}
            onRetry={retry}
          />
        )}
        {value && !loading && (
          <PreviewReport
            preview={value}
            team={String(JSON.parse(values).team)}
            onPreviewAgain={retry}
          />
        )}
      </Flex>
    </Box>
  );
}

/** Serialises the other fields' values: the form creates a new, equal object on every change. */
function otherValues(formData: unknown, ownName: string): string {
  return JSON.stringify({ ...Object(formData), [ownName]: undefined });
}

export const field = createFormField({
  name: 'MlPlatformPreview',
  component: Preview,
  schema,
  validation(digest, problems) {
    if (!digest) {
      problems.addError(
        "You can't submit yet. Wait for the preview, or fix the problems it lists and preview again.",
      );
    }
  },
});
