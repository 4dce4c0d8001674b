import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import {
  API,
  renderWithPlatform,
  WORKLOAD,
} from '../../__testUtils__/renderWithPlatform';
import {
  answers,
  preview,
  staleness,
  stagingRequest,
  workload,
} from '../../__testUtils__/samples';
import { EnvironmentsContent } from './EnvironmentsContent';

const [dev, staging, prod] = workload.environments;
/** Like `workload`, with images in two environments. */
const promotable = {
  ...workload,
  environments: [
    { ...dev, image: 'ghcr.io/acme/fraud-scorer:1.5.0' },
    {
      ...staging,
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
      health: dev.health,
    },
    prod,
  ],
};

describe('EnvironmentsContent', () => {
  const platform = startPlatformServer();
  const query = () => screen.getByLabelText('query').textContent;

  beforeEach(() => {
    platform.respond(WORKLOAD, promotable);
    platform.respond(`${WORKLOAD}/answers`, answers);
  });

  it('shows the pipeline, preselects what needs somebody and keeps the selection in the URL', async () => {
    platform.respond(WORKLOAD, workload);
    renderWithPlatform(<EnvironmentsContent />);

    const pipeline = await screen.findByRole('list', { name: 'Environments' });
    const stage = (name: RegExp) =>
      within(pipeline).getByRole('button', { name });
    expect(stage(/^dev/)).toHaveTextContent('2 of 2 pods ready');
    expect(stage(/^staging/)).toHaveAttribute('aria-pressed', 'true');
    expect(stage(/^prod/)).not.toHaveTextContent('ready');
    expect(
      await within(pipeline).findByText('dev is 2 changes ahead'),
    ).toBeInTheDocument();
    expect(screen.getByText('staging: ComparisonError')).toBeInTheDocument();

    await userEvent.click(stage(/^prod/));
    expect(query()).toBe('?environment=prod');
    expect(screen.getByRole('region', { name: 'prod' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'List' }));
    expect(query()).toBe('?environment=prod&view=list');
    expect(screen.getByRole('row', { name: /^staging/ })).toBeInTheDocument();
  });

  it('links the forms, and says in text why others are not possible', async () => {
    renderWithPlatform(<EnvironmentsContent />, '?environment=staging');
    const promote = await screen.findByRole('link', { name: 'Promote dev' });
    const url = new URL(promote.getAttribute('href') ?? '', 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/promote');
    expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
      team: 'app-ml-team',
      name: 'fraud-scorer',
      from: 'dev',
      environment: 'staging',
    });
    expect(
      screen.getByText(
        'Edit: not possible now. Written by hand: edit its directory in the platform repository.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('dev is 2 changes ahead. Image: 1.4.2 → 1.5.0.'),
    ).toBeInTheDocument();
  });

  it('blocks changes while a change request for the environment is open', async () => {
    platform.respond(`${API}/change-requests`, {
      items: [stagingRequest],
      total: 1,
      freshness: workload.freshness,
    });
    renderWithPlatform(<EnvironmentsContent />, '?environment=staging');
    expect(
      await screen.findByText(/Promote dev, .*#214 for staging is open/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Promote dev' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /^#214 Set the image/ }).parentElement,
    ).toHaveTextContent('waits for approval');
    await userEvent.click(screen.getByRole('button', { name: /^dev/ }));
    expect(
      await screen.findByRole('link', { name: 'Set image' }),
    ).toBeInTheDocument();
  });

  it('offers nothing to those who may not request changes', async () => {
    platform.respond(`${WORKLOAD}/answers`, { ...answers, mayRequest: false });
    renderWithPlatform(<EnvironmentsContent />, '?environment=staging');
    expect(
      await screen.findByText(
        'Only members of app-ml-team can request changes here.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Compare/ }),
    ).not.toBeInTheDocument();
  });

  it('compares on demand: files of the promotion, and vulnerabilities where both images have a report', async () => {
    platform.use(
      http.post(`${API}/preview`, () => HttpResponse.json(preview)),
      http.get(`${API}/images/difference`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        expect(searchParams.get('from')).toBe(
          'ghcr.io/acme/fraud-scorer:1.4.2',
        );
        const none = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
        const image = { image: 'a', digest: 'a' };
        return HttpResponse.json({
          from: image,
          to: image,
          counts: {
            gone: { ...none, HIGH: 3 },
            new: none,
            kept: { ...none, LOW: 41 },
          },
          items: [],
          total: 44,
          freshness: workload.freshness,
        });
      }),
    );
    renderWithPlatform(<EnvironmentsContent />, '?environment=staging');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Compare with dev' }),
    );
    expect(query()).toBe('?environment=staging&show=promotion');
    expect(
      await screen.findByText('3 gone (3 high); 0 new; 41 stay (41 low)'),
    ).toBeInTheDocument();
    expect(await screen.findByText(/base\/service.yaml/)).toBeInTheDocument();
  });

  it('says that vulnerabilities are not comparable, never that there are none', async () => {
    platform.respondWithError(
      `${API}/images/difference`,
      404,
      'There is no report on fraud-scorer:1.5.0 yet.',
    );
    platform.use(
      http.post(`${API}/preview`, () => HttpResponse.json({}, { status: 503 })),
    );
    renderWithPlatform(
      <EnvironmentsContent />,
      '?environment=staging&show=promotion',
    );
    expect(
      await screen.findByText(
        'Not comparable. There is no report on fraud-scorer:1.5.0 yet.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Could not compute the change'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/0 new/)).not.toBeInTheDocument();
  });

  it('lists deployments with their whole commits, and shows text from commits as text', async () => {
    platform.respond(`${WORKLOAD}/deployments`, {
      items: [
        {
          environment: 'dev',
          id: 7,
          revision: 'a'.repeat(40),
          deployedAt: '2026-11-24T07:00:00Z',
          current: true,
          author: '<img src=x onerror=alert(1)> <a@example.com>',
          subject: '<b>Set image</b>',
        },
        {
          environment: 'dev',
          id: 6,
          revision: 'b'.repeat(40),
          deployedAt: '2026-11-24T05:00:00Z',
          current: false,
        },
      ],
      total: 2,
      freshness: staleness,
    });
    renderWithPlatform(
      <EnvironmentsContent />,
      '?environment=dev&show=history',
    );
    const current = await screen.findByRole('row', { name: /Set image/ });
    expect(current).toHaveTextContent('a'.repeat(40));
    expect(current).toHaveTextContent('Current');
    expect(current).toHaveTextContent('<b>Set image</b>');
    expect(
      screen.getByRole('row', { name: /not in the portal/ }),
    ).toHaveTextContent('2 h 0 min');
    expect(
      screen.getByText(/^Showing the last known state/),
    ).toBeInTheDocument();
  });

  it('stays within three requests when it is opened', async () => {
    const requests: string[] = [];
    platform.use(
      http.get('*', ({ request }) => {
        requests.push(new URL(request.url).pathname);
      }),
    );
    renderWithPlatform(<EnvironmentsContent />);
    await screen.findByRole('link', { name: 'Set image' });
    expect(new Set(requests).size).toBeLessThanOrEqual(3);
  });
});
