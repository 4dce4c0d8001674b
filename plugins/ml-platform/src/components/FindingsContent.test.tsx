import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import {
  renderWithPlatform,
  WORKLOAD,
} from '../__testUtils__/renderWithPlatform';
import { findings } from '../__testUtils__/samples';
import { FindingsContent } from './FindingsContent';

describe('FindingsContent', () => {
  const platform = startPlatformServer();
  let queries: URLSearchParams[];

  beforeEach(() => {
    queries = [];
    platform.use(
      http.get(`${WORKLOAD}/findings`, ({ request }) => {
        const query = new URL(request.url).searchParams;
        queries.push(query);
        return HttpResponse.json(
          query.has('search')
            ? { ...findings, items: [], total: 0 }
            : { ...findings, total: 45 },
        );
      }),
    );
  });

  it('sorts, filters and pages on the server', async () => {
    renderWithPlatform(<FindingsContent />);

    const link = await screen.findByRole('link', { name: 'CVE-2026-0001' });
    expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(screen.getByText('3.0.2')).toBeInTheDocument();
    expect(Object.fromEntries(queries[0])).toEqual({
      sort: 'severity',
      order: 'desc',
      offset: '0',
      limit: '20',
    });

    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    await waitFor(() => expect(queries.at(-1)?.get('offset')).toBe('20'));

    await userEvent.click(
      screen.getByRole('columnheader', { name: /Package/ }),
    );
    await waitFor(() => expect(queries.at(-1)?.get('sort')).toBe('package'));

    await userEvent.click(screen.getByRole('button', { name: /^Fix|With or/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'With a fix' }),
    );
    await waitFor(() => expect(queries.at(-1)?.get('fixable')).toBe('true'));
  });

  it('distinguishes no matches from no findings, and clears the filters', async () => {
    renderWithPlatform(<FindingsContent />);
    await screen.findByRole('link', { name: 'CVE-2026-0001' });

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search findings' }),
      'log4j',
    );
    expect(await screen.findByText(/No findings match/)).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(
      await screen.findByRole('link', { name: 'CVE-2026-0001' }),
    ).toBeInTheDocument();
  });

  it('explains missing access', async () => {
    platform.respondWithError(
      `${WORKLOAD}/findings`,
      403,
      'You are not in app-ml-team.',
    );
    renderWithPlatform(<FindingsContent />);
    expect(
      await screen.findByText('You are not in app-ml-team.'),
    ).toBeInTheDocument();
  });
});
