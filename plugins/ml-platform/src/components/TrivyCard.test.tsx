import { screen } from '@testing-library/react';
import { startPlatformServer } from '../__testUtils__/platformServer';
import {
  renderWithPlatform,
  WORKLOAD,
} from '../__testUtils__/renderWithPlatform';
import { findings } from '../__testUtils__/samples';
import { TrivyCard } from './TrivyCard';

const NONE = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
const [scanned] = findings.images;
const unscanned = {
  ...scanned,
  image: 'ghcr.io/acme/fraud-scorer:2.0.0',
  report: 'none' as const,
  scannedAt: undefined,
  sample: false,
};

describe('TrivyCard', () => {
  const platform = startPlatformServer();
  const url = `${WORKLOAD}/findings`;

  it('counts by severity, says what can be fixed and that sample data is no scan', async () => {
    platform.answer(url, findings);
    renderWithPlatform(<TrivyCard />);

    const critical = await screen.findByText('Critical');
    expect(critical.parentElement).toHaveTextContent('Critical1');
    expect(screen.getByText(/^2 of them can be fixed/)).toBeInTheDocument();
    expect(screen.getByText('Sample data, not a scan')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All findings' })).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/findings',
    );
  });

  it('says that nothing was found only of what was scanned', async () => {
    platform.answer(url, { ...findings, counts: NONE, fixable: 0 });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText('Nothing found')).toBeInTheDocument();
    expect(screen.queryByText(/No report yet/)).not.toBeInTheDocument();
  });

  it('does not call an image clean that has no report yet', async () => {
    platform.answer(url, { ...findings, counts: NONE, images: [unscanned] });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText(/^No report yet/)).toBeInTheDocument();
    expect(screen.queryByText(/Nothing found/)).not.toBeInTheDocument();
  });

  it('limits a clean result to the images that were scanned', async () => {
    platform.answer(url, {
      ...findings,
      counts: NONE,
      images: [scanned, unscanned],
    });
    renderWithPlatform(<TrivyCard />);
    expect(
      await screen.findByText('Nothing found in 1 of 2 images'),
    ).toBeInTheDocument();
  });

  it('says so when nothing runs', async () => {
    platform.answer(url, { ...findings, counts: NONE, images: [] });
    renderWithPlatform(<TrivyCard />);
    expect(
      await screen.findByText(/Nothing of this component runs/),
    ).toBeInTheDocument();
  });
});
