import { Alert, Button } from '@backstage/ui';
import { errorText, isForbidden } from '../../api/errorText';

/** Alert with the backend's error message, and a retry button where retrying can help. */
export function ErrorNotice(props: {
  title: string;
  error: Error;
  onRetry: () => void;
}) {
  if (isForbidden(props.error)) {
    return (
      <Alert
        role="status"
        status="info"
        icon
        title="You don't have access to this"
        description={errorText(props.error)}
      />
    );
  }
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title}
      description={errorText(props.error)}
      customActions={
        <Button size="small" variant="secondary" onPress={props.onRetry}>
          Try again
        </Button>
      }
    />
  );
}
