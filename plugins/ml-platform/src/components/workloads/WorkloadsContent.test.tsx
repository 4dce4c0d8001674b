import type { WorkloadObjects } from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import {
  API,
  renderWithPlatform,
  WORKLOAD,
} from '../../__testUtils__/renderWithPlatform';
import { staleness, workload } from '../../__testUtils__/samples';
import { WorkloadsContent } from './WorkloadsContent';

const container = {
  name: 'server',
  role: 'container' as const,
  image: 'ghcr.io/acme/fraud-scorer:1.4.2',
  state: 'waiting' as const,
  reason: 'CrashLoopBackOff',
  ready: false,
  restarts: 14,
  lastExit: {
    exitCode: 137,
    text: 'exit code 137, out of memory',
    isPrevious: true,
  },
  requests: { cpu: '500m', memory: '2Gi' },
  limits: { memory: '2Gi', cpu: '1' },
};
const objects: WorkloadObjects = {
  environment: 'staging',
  cluster: 'sandbox',
  namespace: 'app-ml-team-staging',
  owners: [
    { id: 'd', kind: 'Deployment', name: 'fraud-scorer', desired: 2 },
    { id: 'r', kind: 'ReplicaSet', name: 'fraud-scorer-7c9f', owner: 'd' },
  ],
  pods: [
    {
      name: 'fraud-scorer-7c9f-x2k',
      owner: 'r',
      phase: 'Running',
      ready: false,
      reason: { code: 'crash-loop', text: 'server keeps crashing.' },
      node: 'gpu-3',
      containers: [container],
    },
    {
      name: 'fraud-scorer-7c9f-a81',
      owner: 'r',
      phase: 'Running',
      ready: true,
      containers: [
        {
          ...container,
          state: 'running',
          reason: undefined,
          ready: true,
          restarts: 0,
          lastExit: undefined,
        },
      ],
    },
  ],
  podTotal: 2,
  autoscalers: [
    {
      name: 'fraud-scorer',
      target: { kind: 'Deployment', name: 'fraud-scorer' },
      min: 2,
      max: 6,
      current: 2,
      desired: 3,
      metrics: [{ resource: 'cpu', current: 91, target: 80 }],
    },
  ],
  freshness: workload.freshness,
};
const PODS = `${API}/clusters/sandbox/namespaces/app-ml-team-staging/pods`;

describe('WorkloadsContent', () => {
  const platform = startPlatformServer();
  const query = () => screen.getByLabelText('query').textContent;

  beforeEach(() => {
    platform.respond(WORKLOAD, workload);
    platform.respond(`${WORKLOAD}/objects`, objects);
    // jsdom has no layout, and without one the list shows nothing.
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400);
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
  });
  afterEach(() => jest.restoreAllMocks());

  it('shows controllers and pods as a tree, with restarts, last exit, resources and autoscalers', async () => {
    renderWithPlatform(<WorkloadsContent />);
    const tree = await screen.findByRole('list', {
      name: 'Controllers and pods',
    });
    expect(
      screen.getByText(
        'Autoscaler of Deployment fraud-scorer: 2 to 6 pods, 2 now, 3 wanted; cpu 91 % of the requests, target 80 %',
      ),
    ).toBeInTheDocument();
    const [deployment] = within(tree).getAllByRole('listitem');
    const [replicaSet] = within(deployment).getAllByRole('listitem');
    expect(replicaSet).toHaveTextContent(/^ReplicaSet fraud-scorer-7c9f/);
    const [broken, healthy] = within(replicaSet).getAllByRole('listitem');
    expect(broken).toHaveTextContent('CrashLoopBackOff');
    expect(broken).toHaveTextContent('server keeps crashing.');
    expect(broken).toHaveTextContent(
      'server: fraud-scorer:1.4.2; restarted 14 times; last exit code 137, out of memory; cpu 500m requested, limit 1; memory 2Gi',
    );
    expect(healthy).toHaveTextContent('Ready');
    expect(screen.getByRole('radio', { name: 'staging' })).toBeChecked();
  });

  it('opens the log of a crashed container on what it wrote before the restart', async () => {
    platform.use(
      http.get(`${PODS}/fraud-scorer-7c9f-x2k/logs`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        expect(searchParams.get('previous')).toBe('true');
        expect(searchParams.get('container')).toBe('server');
        return HttpResponse.json({
          text: '\u001b[31mloading\u001b[0m model\n<img src=x onerror=alert(1)>\nout of memory\n',
        });
      }),
    );
    renderWithPlatform(<WorkloadsContent />);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Log of fraud-scorer-7c9f-x2k',
      }),
    );
    expect(query()).toBe('?pod=fraud-scorer-7c9f-x2k');
    const log = await screen.findByRole('log');
    expect(await within(log).findByText('loading')).toHaveAttribute(
      'data-color',
      'ansi-red',
    );
    expect(
      within(log).getByText('<img src=x onerror=alert(1)>'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('radio', { name: /Before the restart \(exit code 137/ }),
    ).toBeChecked();

    const search = screen.getByRole('searchbox', { name: 'Find in the log' });
    await userEvent.type(search, 'LOADING M');
    expect(await screen.findByText('1 line matches')).toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('1 of 1')).toBeInTheDocument();
    expect(query()).toContain('find=LOADING+M');
  });

  it('follows a log, and keeps what was read when it ends', async () => {
    const log = new TransformStream<Uint8Array, Uint8Array>();
    const writer = log.writable.getWriter();
    platform.use(
      http.get(
        `${PODS}/fraud-scorer-7c9f-a81/logs/follow`,
        () => new HttpResponse(log.readable),
      ),
    );
    renderWithPlatform(
      <WorkloadsContent />,
      '?environment=staging&pod=fraud-scorer-7c9f-a81',
    );
    const write = (text: string) =>
      writer.write(new TextEncoder().encode(text));
    write('step 1\n');
    expect(await screen.findByText('step 1')).toBeInTheDocument();
    expect(screen.getByText(/New lines appear/)).toBeInTheDocument();
    write('step 2\n');
    writer.close();
    expect(await screen.findByText('step 2')).toBeInTheDocument();
    expect(await screen.findByText(/The log has ended/)).toBeInTheDocument();
  });

  it('explains why a log could not be read', async () => {
    platform.respondWithError(
      `${PODS}/fraud-scorer-7c9f-a81/logs/follow`,
      400,
      'container "server" is waiting to start',
    );
    renderWithPlatform(<WorkloadsContent />, '?pod=fraud-scorer-7c9f-a81');
    expect(await screen.findByText(/is waiting to start/)).toBeInTheDocument();
  });

  it('shows the events of a pod on demand', async () => {
    platform.respond(
      `${API}/clusters/sandbox/namespaces/app-ml-team-staging/events`,
      {
        items: [
          {
            metadata: { name: 'e', namespace: 'n' },
            involvedObject: {},
            type: 'Warning',
            reason: 'BackOff',
            message: 'Back-off restarting failed container',
            count: 7,
          },
        ],
        freshness: workload.freshness,
      },
    );
    renderWithPlatform(<WorkloadsContent />);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Events of fraud-scorer-7c9f-x2k',
      }),
    );
    const events = await screen.findByRole('list', { name: /^Events of/ });
    expect(events).toHaveTextContent('Back-off restarting failed container');
    expect(events).toHaveTextContent('7 times');
  });

  it('marks stale pods, and says where nothing runs and where there is no namespace', async () => {
    platform.respond(`${WORKLOAD}/objects`, {
      ...objects,
      freshness: staleness,
    });
    const { unmount } = renderWithPlatform(<WorkloadsContent />);
    expect(
      await screen.findByText(/^Showing the last known state/),
    ).toBeInTheDocument();
    unmount();

    const nothing = { owners: [], pods: [], podTotal: 0, autoscalers: [] };
    platform.respond(`${WORKLOAD}/objects`, {
      ...objects,
      ...nothing,
      namespace: undefined,
      environment: 'prod',
    });
    renderWithPlatform(<WorkloadsContent />, '?environment=prod');
    await waitFor(() =>
      expect(
        screen.getByText('The team has no namespace in prod.'),
      ).toBeInTheDocument(),
    );
  });
});
