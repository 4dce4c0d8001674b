import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { Preview } from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API } from '../__testUtils__/renderWithPlatform';
import { preview } from '../__testUtils__/samples';
import { mlPlatformPlugin } from '../plugin';

const SCAFFOLDER = 'http://localhost:7007/api/scaffolder';
const NAMES = `${API}/teams/app-ml-team/names/:name`;

const text = (title: string, field?: string) => ({
  title,
  type: 'string',
  ...(field && { 'ui:field': field }),
});

const manifest = {
  title: 'ML service',
  steps: [
    {
      title: 'Service',
      schema: {
        type: 'object',
        required: ['team', 'name', 'image'],
        properties: {
          team: text('Team', 'MlPlatformTeamPicker'),
          name: text('Name', 'MlPlatformWorkloadName'),
          image: text('Image', 'MlPlatformImage'),
        },
      },
    },
    {
      title: 'Preview',
      schema: {
        type: 'object',
        properties: {
          previewDigest: {
            ...text('What this will change', 'MlPlatformPreview'),
            'ui:backstage': { review: { show: false } },
          },
        },
      },
    },
  ],
};

const failedCheck: Preview = {
  ...preview,
  report: {
    ...preview.report,
    checks: [
      {
        id: 'kustomize-build',
        title: 'Every environment builds',
        status: 'failed',
        messages: [{ path: 'overlays/dev', text: 'Name another image.' }],
      },
    ],
  },
};

describe('template form fields', () => {
  const platform = startPlatformServer();
  let previewed: unknown[];
  let created: unknown[];

  beforeEach(() => {
    previewed = [];
    created = [];
    platform.respond(`${API}/platform`, {
      sandbox: true,
      environments: [],
      requestableTeams: [{ name: 'app-ml-team', title: 'ML team' }],
      problems: [],
    });
    platform.respond(NAMES, { available: true, unchecked: [] });
    platform.respond(
      `${SCAFFOLDER}/v2/templates/default/template/ml-service/parameter-schema`,
      manifest,
    );
    platform.use(
      http.post(`${SCAFFOLDER}/v2/tasks`, async ({ request }) => {
        created.push(await request.json());
        return HttpResponse.json({ id: 'task-1' }, { status: 201 });
      }),
      http.all(`${SCAFFOLDER}/v2/tasks/task-1*`, () =>
        HttpResponse.json({}, { status: 404 }),
      ),
    );
    respondWithPreview(preview);
  });

  function respondWithPreview(answer: Preview) {
    platform.use(
      http.post(`${API}/preview`, async ({ request }) => {
        previewed.push(await request.json());
        return HttpResponse.json(answer);
      }),
    );
  }

  async function openForm() {
    renderTestApp({
      features: [scaffolderPlugin, mlPlatformPlugin],
      initialRouteEntries: ['/create/templates/default/ml-service'],
      apis: [[catalogApiRef, catalogApiMock()], mockApis.permission()],
    });
    return screen.findByRole('textbox', { name: /Name/ });
  }

  async function enter(field: HTMLElement, value: string) {
    await userEvent.clear(field);
    await userEvent.click(field);
    await userEvent.paste(value);
  }

  async function fillAndPreview() {
    await enter(await openForm(), 'fraud-scorer');
    await enter(
      screen.getByRole('textbox', { name: /Image/ }),
      'ghcr.io/acme/fraud-scorer:1.4.2',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByRole('heading', {
      name: 'What this will change',
    });
  }

  it('reports an invalid name or image at once, and blocks "Next"', async () => {
    const name = await openForm();
    expect(
      await screen.findByText('ML team', { ignore: 'option' }),
    ).toBeVisible();

    await enter(name, 'Fraud_Scorer');
    expect(screen.getByText(/^A name has lower-case letters/)).toBeVisible();

    platform.respond(NAMES, {
      available: false,
      reason: 'A pull request for this name is open already.',
      link: { title: 'Pull request 7', url: 'https://forge.example/pulls/7' },
      unchecked: [],
    });
    await enter(name, 'fraud-scorer');
    expect(
      await screen.findByText('A pull request for this name is open already.'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Pull request 7' }),
    ).toHaveAttribute('href', 'https://forge.example/pulls/7');

    const image = screen.getByRole('textbox', { name: /Image/ });
    await enter(image, 'ghcr.io/acme/fraud-scorer:latest');
    expect(screen.getByText(/^The tag "latest" changes/)).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(() =>
      expect(screen.getAllByText(/^The tag "latest" changes/)).not.toHaveLength(
        0,
      ),
    );
    expect(previewed).toEqual([]);
    expect(name).toBeVisible();
  });

  it('explains that the user is in no team', async () => {
    platform.respond(`${API}/platform`, {
      sandbox: true,
      environments: [],
      requestableTeams: [],
      problems: [],
    });
    await openForm();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'None of your teams can request this',
    );
  });

  it('shows the exact change and submits the digest of that change', async () => {
    await fillAndPreview();

    expect(await screen.findByText('Ready to submit')).toBeVisible();
    const { report, pullRequest } = preview;
    const [service] = report.files;
    expect(screen.getByLabelText(`Diff of ${service.path}`)).toHaveTextContent(
      '@@ -0,0 +1,2 @@+apiVersion: v1+kind: Service',
    );
    expect(screen.getByText(pullRequest.title)).toBeVisible();
    expect(screen.queryByText('+module "fraud_scorer" {}')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Expand all' }));
    expect(await screen.findByText('+module "fraud_scorer" {}')).toBeVisible();

    const objects = screen.getByRole('region', { name: 'Kubernetes objects' });
    await userEvent.click(within(objects).getByText('dev'));
    await userEvent.click(await within(objects).findByText('fraud-scorer'));
    expect(
      await within(objects).findByLabelText('Service fraud-scorer'),
    ).toHaveTextContent('apiVersion: v1 kind: Service');

    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    const values = {
      team: 'app-ml-team',
      name: 'fraud-scorer',
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
    };
    await waitFor(() => expect(created).toHaveLength(1));
    expect(created[0]).toMatchObject({
      values: { ...values, previewDigest: report.digest },
    });
    expect(previewed).toEqual([
      { templateRef: 'template:default/ml-service', values },
    ]);
  });

  it('blocks a change with a failed check until a preview passes', async () => {
    respondWithPreview(failedCheck);
    await fillAndPreview();

    expect(await screen.findByText('Name another image.')).toBeVisible();
    expect(screen.getByText('overlays/dev:')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(
      await screen.findAllByText(/^You can't submit yet/),
    ).not.toHaveLength(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();

    respondWithPreview(preview);
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview again' }),
    );
    expect(await screen.findByText('Ready to submit')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(await screen.findByRole('button', { name: 'Create' })).toBeVisible();
  });

  it('keeps the input when the preview fails, and links an open pull request', async () => {
    platform.use(
      http.post(`${API}/preview`, () =>
        HttpResponse.json(
          {
            error: { name: 'Error', message: 'The forge did not respond.' },
            response: { statusCode: 503 },
          },
          { status: 503 },
        ),
      ),
    );
    await fillAndPreview();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Your input is kept.The forge did not respond.',
    );

    respondWithPreview({
      ...preview,
      pullRequest: {
        ...preview.pullRequest,
        existing: {
          url: 'https://forge.example/pulls/7',
          number: 7,
          requester: 'team-lead',
        },
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', {
        name: 'Pull request #7 for this target is already open',
      }),
    ).toHaveAttribute('href', 'https://forge.example/pulls/7');

    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(await screen.findByRole('textbox', { name: /Name/ })).toHaveValue(
      'fraud-scorer',
    );
  });
});
