import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ValidationReport } from '@internal/plugin-ml-platform-common';
import { preview } from '../__testUtils__/samples';
import { PreviewReport } from './PreviewReport';

const IMAGE = 'spec.template.spec.containers[server].image';

function show(report: Partial<ValidationReport>) {
  render(
    <PreviewReport
      preview={{ ...preview, report: { ...preview.report, ...report } }}
      team="app-ml-team"
      onPreviewAgain={() => {}}
    />,
  );
}

describe('PreviewReport', () => {
  it("answers a reviewer's questions in their order", () => {
    show({
      checks: [
        {
          id: 'capacity',
          title: 'The quota can hold it',
          status: 'failed',
          messages: [
            {
              text: 'Request less.',
              field: { title: 'Size', page: 'How it runs' },
            },
          ],
        },
      ],
      summary: {
        ...preview.report.summary,
        cost: { currency: 'EUR', sample: true, texts: ['dev: EUR 873.00.'] },
      },
    });

    expect(
      screen.getAllByRole('region').map(region => region.ariaLabel),
    ).toEqual([
      'What to do first',
      'What changes',
      'Quota and queue',
      'Cost',
      'Who approves',
      'After the merge',
      'Pull request',
      'Kubernetes objects',
      'Files',
    ]);
    const text = (name: string) => screen.getByRole('region', { name });
    expect(text('What to do first')).toHaveTextContent('Request less.');
    expect(text('What to do first')).toHaveTextContent(
      'Change the field “Size” on the page “How it runs”',
    );
    expect(text('What changes')).toHaveTextContent('Adds 1 Service in dev.');
    expect(text('Cost')).toHaveTextContent('dev: EUR 873.00.');
    expect(text('Cost')).toHaveTextContent('The prices are made up');
    expect(text('Who approves')).toHaveTextContent(
      'app-ml-team: It owns the changed files.The person who requests a change does not approve it.',
    );
  });

  it('says that no prices are configured, and that nothing deployed changes', () => {
    show({
      summary: { ...preview.report.summary, changes: [] },
    });
    expect(screen.getByRole('region', { name: 'Cost' })).toHaveTextContent(
      /no prices are configured/,
    );
    expect(
      screen.getByText('Nothing that is deployed changes: see the files.'),
    ).toBeVisible();
  });

  it('shows both values of each field of a modified object', async () => {
    show({
      objects: [
        {
          ...preview.report.objects[0],
          kind: 'Deployment',
          change: 'modified',
          fields: [
            { path: IMAGE, before: 'scorer:1', after: 'scorer:2' },
            { path: 'spec.replicas', after: '2' },
          ],
        },
      ],
    });
    const objects = screen.getByRole('region', { name: 'Kubernetes objects' });
    await userEvent.click(within(objects).getByText('dev'));
    await userEvent.click(await within(objects).findByText('fraud-scorer'));

    const rows = await within(objects).findAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      'FieldBeforeAfter',
      `${IMAGE}scorer:1scorer:2`,
      'spec.replicasnot set2',
    ]);
  });
});
