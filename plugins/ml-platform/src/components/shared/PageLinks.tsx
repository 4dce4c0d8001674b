import { Button, Flex, Text } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';

/** Pages of a list that is not a table. The page is in the query parameter `page`. */
export function PageLinks(props: {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
}) {
  const { page, pageSize, total } = props;
  const [parameters, setParameters] = useSearchParams();
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const turnTo = (next: number) => {
    const changed = new URLSearchParams(parameters);
    changed.set('page', String(next));
    setParameters(changed);
  };
  if (total <= pageSize) {
    return null;
  }
  return (
    <Flex align="center" gap="3">
      <Text variant="body-small" color="secondary">
        {first}–{last} of {total}
      </Text>
      {page > 1 && (
        <Button
          variant="secondary"
          size="small"
          onPress={() => turnTo(page - 1)}
        >
          Previous page
        </Button>
      )}
      {last < total && (
        <Button
          variant="secondary"
          size="small"
          onPress={() => turnTo(page + 1)}
        >
          Next page
        </Button>
      )}
    </Flex>
  );
}
