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
 * What the request will change, computed by the server from the values of the pages before.
 * Its value is the digest of that change while it may be requested, and empty otherwise.
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

  // The form hands out a new function on every change of any value.
  const onChangeRef = useRef(onChange);
  onChangeRef.current = onChange;
  const digest = value && !loading ? acceptedDigest(value) : '';
  useEffect(() => onChangeRef.current(digest), [digest]);

  return (
    // A background of its own, so that buttons on it stand out.
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
            description="The template is rendered, the manifests of every environment are built and checked. This usually takes a few seconds."
          />
        )}
        {error && !loading && (
          <ErrorNotice
            title="There is no preview. What you entered is kept."
            error={error}
            onRetry={retry}
          />
        )}
        {value && !loading && (
          <PreviewReport preview={value} onPreviewAgain={retry} />
        )}
      </Flex>
    </Box>
  );
}

/** The values of the pages before as text: the form makes a new object of the same values on every change. */
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
        'Nothing can be requested yet: wait for the preview, or mend what it says and preview again.',
      );
    }
  },
});
