import { Alert, Button } from '@backstage/ui';
import { errorText, isForbidden } from '../../api/errorText';

/** Says what failed, in the backend's words, and offers to try again where that can help. */
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
        title="This is not shown to you"
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
