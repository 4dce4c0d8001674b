import { Alert, Button } from '@backstage/ui';
import { errorText } from '../../api/errorText';

/** Says what failed, in the backend's words, and offers to try again. */
export function ErrorNotice(props: {
  title: string;
  error: Error;
  onRetry: () => void;
}) {
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
