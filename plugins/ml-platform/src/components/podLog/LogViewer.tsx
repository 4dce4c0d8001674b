import {
  Button,
  Flex,
  SearchField,
  Select,
  Skeleton,
  Text,
  ToggleButton,
} from '@backstage/ui';
import { useRef, useState } from 'react';
import { usePodLog, type PodLog } from '../../hooks/usePodLog';
import { useQueryParam } from '../../hooks/useQueryParam';
import { ErrorNotice } from '../shared/ErrorNotice';
import { plainText } from './ansi';
import { LogLines } from './LogLines';
import { useLogSearch } from './useLogSearch';

const STATES: Record<PodLog['state'], string> = {
  loading: 'Loading.',
  following: 'New lines appear as they are written.',
  ended: 'The log has ended.',
};

const TAIL_OPTIONS = ['1000', '10000', '100000'].map(value => ({
  value,
  label: `Last ${Number(value).toLocaleString('en')} lines`,
}));

/** The log of a container: followed, searched and downloaded. Search, wrapping, following and length are in the URL. */
export function LogViewer(props: {
  cluster: string;
  namespace: string;
  pod: string;
  container: string | undefined;
  /** The log before the last restart. */
  previous: boolean;
}) {
  const { cluster, namespace, pod, container, previous } = props;
  const [query, setQuery] = useQueryParam('find');
  const [wrap, setWrap] = useQueryParam('wrap');
  const [tail, setTail] = useQueryParam('lines', '1000');
  const [follow, setFollow] = useQueryParam('follow', 'on');
  const log = usePodLog({
    cluster,
    namespace,
    pod,
    container,
    previous,
    tailLines: Number(
      TAIL_OPTIONS.find(each => each.value === tail)?.value ?? 1000,
    ),
  });
  const { lines, dropped, state, error, restart } = log;
  const search = useLogSearch(lines, query);
  /** Id of the last line when somebody scrolled up; undefined at the end. */
  const [leftAt, setLeftAt] = useState<number>();
  const field = useRef<HTMLDivElement>(null);
  const isFollowing = follow === 'on' && leftAt === undefined;
  const lastId = lines.at(-1)?.id ?? 0;
  const below = leftAt === undefined ? 0 : lastId - leftAt;
  const goTo = (direction: 1 | -1) => {
    setLeftAt(lastId);
    search.step(direction);
  };
  return (
    <Flex direction="column" gap="2">
      <Flex gap="2" align="end" style={{ flexWrap: 'wrap' }}>
        <SearchField
          ref={field}
          aria-label="Find in the log"
          placeholder="Find in the log"
          size="small"
          style={{ flex: '1 1 14rem' }}
          value={query}
          onChange={setQuery}
          onSubmit={() => goTo(1)}
        />
        {query && (
          <Text role="status" variant="body-small">
            {matchText(search)}
          </Text>
        )}
        {!previous && (
          <ToggleButton
            size="small"
            isSelected={follow === 'on'}
            onChange={on => {
              setFollow(on ? 'on' : 'off');
              setLeftAt(undefined);
            }}
          >
            Follow
          </ToggleButton>
        )}
        <ToggleButton
          size="small"
          isSelected={wrap === 'on'}
          onChange={on => setWrap(on ? 'on' : '')}
        >
          Wrap lines
        </ToggleButton>
        {!previous && (
          <Select
            aria-label="Length"
            size="small"
            options={TAIL_OPTIONS}
            value={tail}
            onChange={key => setTail(String(key))}
          />
        )}
        {lines.length > 0 && (
          <Button
            size="small"
            variant="secondary"
            onPress={() =>
              download(
                `${[pod, container].filter(Boolean).join('-')}.log`,
                lines.map(({ text }) => plainText(text)).join('\n'),
              )
            }
          >
            Download
          </Button>
        )}
      </Flex>
      {error && (
        <ErrorNotice
          title="Could not load the log"
          error={error}
          onRetry={restart}
        />
      )}
      {state === 'loading' && <Skeleton height={256} />}
      {lines.length > 0 && (
        <LogLines
          label={`Log of ${pod}`}
          lines={lines}
          wrap={wrap === 'on'}
          isFollowing={isFollowing}
          onLeaveEnd={() => setLeftAt(at => at ?? lastId)}
          onReachEnd={() => setLeftAt(undefined)}
          matches={search.matches}
          current={search.current}
          onKeyDown={event => {
            if (event.key === 'Enter') goTo(event.shiftKey ? -1 : 1);
            if (event.key === 'End') setLeftAt(undefined);
            if (event.key === '/') {
              event.preventDefault();
              field.current?.querySelector('input')?.focus();
            }
          }}
        />
      )}
      <Flex gap="3" align="center" justify="between">
        <Text variant="body-small" color="secondary" role="status">
          {statusText(log, previous)}
          {dropped > 0 &&
            ` ${dropped.toLocaleString('en')} older lines were dropped.`}
        </Text>
        {leftAt !== undefined && !previous && state === 'following' && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setLeftAt(undefined)}
          >
            {below > 0 ? `${below} new lines below` : 'Go to the end'}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}

function matchText(search: { count: number; position: number }): string {
  const { count, position } = search;
  if (count === 0) return 'No match';
  return position === -1
    ? `${count} ${count === 1 ? 'line matches' : 'lines match'}`
    : `${position + 1} of ${count}`;
}

function statusText(
  { lines, state, error }: PodLog,
  previous: boolean,
): string {
  if (error || state === 'loading') {
    return '';
  }
  const count = lines.length.toLocaleString('en');
  if (lines.length === 0) {
    return previous
      ? 'The container wrote nothing before it restarted.'
      : 'The container has written nothing yet.';
  }
  return previous
    ? `${count} lines, before the last restart.`
    : `${count} lines. ${STATES[state]}`;
}

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
