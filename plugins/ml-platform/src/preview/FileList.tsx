import { Button, Flex, Text } from '@backstage/ui';
import type { ChangedFile } from '@internal/plugin-ml-platform-common';
import { useState } from 'react';
import { FileDiff } from './FileDiff';

/** Changed files, each with its diff. */
export function FileList({ files }: { files: ChangedFile[] }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(files.slice(0, 1).map(({ path }) => path)),
  );
  const toggle = (path: string, isOpen: boolean) =>
    setOpen(current => {
      const next = new Set(current);
      if (isOpen) next.add(path);
      else next.delete(path);
      return next;
    });
  const allOpen = files.every(({ path }) => open.has(path));
  const openAllOrNone = () =>
    setOpen(new Set(allOpen ? [] : files.map(({ path }) => path)));
  return (
    <section aria-label="Files">
      <Flex align="center" justify="between">
        <Text as="h3" variant="title-x-small">
          {files.length === 1 ? '1 file' : `${files.length} files`}
        </Text>
        {files.length > 0 && (
          <Button size="small" variant="tertiary" onPress={openAllOrNone}>
            {allOpen ? 'Collapse all' : 'Expand all'}
          </Button>
        )}
      </Flex>
      {files.map(file => (
        <FileDiff
          key={file.path}
          file={file}
          isOpen={open.has(file.path)}
          onToggle={isOpen => toggle(file.path, isOpen)}
        />
      ))}
    </section>
  );
}
