import {
  Container,
  Flex,
  Link,
  Select,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { ChangeRequests } from '@internal/plugin-ml-platform-common';
import { LiveContent } from '../../components/shared/LiveContent';
import { PageLinks } from '../../components/shared/PageLinks';
import { SearchFilter } from '../../components/shared/SearchFilter';
import { useUrlState } from '../../hooks/useUrlState';
import {
  PAGE_SIZE,
  requestFiltersSchema,
  type RequestFilters,
} from './filters';
import { RequestRow } from './RequestRow';
import styles from './requests.module.css';
import { StepAnnouncer } from './StepAnnouncer';
import { useRequestList } from './useRequestList';

const VIEWS = [
  { id: 'mine', label: 'Mine' },
  { id: 'teams', label: 'My teams' },
  { id: 'all', label: 'All' },
];

const STATES = [
  { value: 'active', label: 'In progress' },
  { value: 'open', label: 'Open' },
  { value: 'failed', label: 'With a failed step' },
  { value: 'merged', label: 'Merged' },
  { value: 'closed', label: 'Closed without a merge' },
  { value: 'any', label: 'Any state' },
];

/** Change requests as timelines, with what each of them waits for. */
export function RequestList() {
  const [filters, setFilters] = useUrlState(requestFiltersSchema);
  const live = useRequestList(filters);
  const choose = (change: Partial<Record<keyof RequestFilters, string>>) =>
    setFilters(
      requestFiltersSchema.parse({ ...filters, page: '1', ...change }),
    );
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
            <ToggleButtonGroup
              aria-label="Whose requests"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[filters.view]}
              onSelectionChange={keys => choose({ view: String([...keys][0]) })}
            >
              {VIEWS.map(({ id, label }) => (
                <ToggleButton key={id} id={id}>
                  {label}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
            <Select
              aria-label="State"
              options={STATES}
              value={filters.state}
              onChange={key => choose({ state: String(key) })}
            />
            <SearchFilter
              label="Search by number, title, team or workload"
              value={filters.search}
              onSearch={search => choose({ search })}
            />
          </Flex>
          <LiveContent subject="requests" live={live}>
            {value =>
              value.items.length === 0 ? (
                <NoRequests filters={filters} />
              ) : (
                <Requests value={value} page={Number(filters.page)} />
              )
            }
          </LiveContent>
        </Flex>
      </Container>
    </main>
  );
}

function Requests({ value, page }: { value: ChangeRequests; page: number }) {
  return (
    <>
      <StepAnnouncer requests={value.items} />
      <ul className={styles.list} aria-label="Requests">
        {value.items.map(request => (
          <li key={request.number} className={styles.row}>
            <RequestRow request={request} />
          </li>
        ))}
      </ul>
      <PageLinks page={page} pageSize={PAGE_SIZE} total={value.total} />
    </>
  );
}

function NoRequests({ filters }: { filters: RequestFilters }) {
  const { view, state, search } = filters;
  if (search !== '' || !['active', 'any'].includes(state)) {
    return (
      <Text as="p">
        No requests match. <Link href={`?view=${view}`}>Clear the filters</Link>
      </Text>
    );
  }
  const whose = {
    mine: 'You have no requests',
    teams: 'Your teams have no requests',
    all: 'There are no requests that you may see',
  }[view];
  return (
    <Flex direction="column" gap="2">
      <Text as="p">
        {whose}
        {state === 'active' ? ' in progress' : ''}. A request is a pull request
        on the platform repository: it starts with a form, and this page shows
        each step until the change is healthy in its environment.
      </Text>
      <Flex gap="4" style={{ flexWrap: 'wrap' }}>
        <Link href="/create">Start a request</Link>
        {view !== 'all' && (
          <Link href="?view=all">Show everybody's requests</Link>
        )}
        {state === 'active' && (
          <Link href={`?view=${view}&state=any`}>Show finished requests</Link>
        )}
      </Flex>
    </Flex>
  );
}
