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

  it('counts by severity, names fixable findings, and marks sample data', async () => {
    platform.respond(url, findings);
    renderWithPlatform(<TrivyCard />);

    const critical = await screen.findByText('Critical');
    expect(critical.parentElement).toHaveTextContent('Critical1');
    expect(screen.getByText(/^2 can be fixed/)).toBeInTheDocument();
    expect(screen.getByText('Sample data, not a scan')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All findings' })).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/findings',
    );
  });

  it('reports no vulnerabilities only when images were scanned', async () => {
    platform.respond(url, { ...findings, counts: NONE, fixable: 0 });
    renderWithPlatform(<TrivyCard />);
    expect(
      await screen.findByText('No vulnerabilities found'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Not scanned yet/)).not.toBeInTheDocument();
  });

  it('does not call an unscanned image clean', async () => {
    platform.respond(url, { ...findings, counts: NONE, images: [unscanned] });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText(/^Not scanned yet/)).toBeInTheDocument();
    expect(
      screen.queryByText(/No vulnerabilities found/),
    ).not.toBeInTheDocument();
  });

  it('limits a clean result to the scanned images', async () => {
    platform.respond(url, {
      ...findings,
      counts: NONE,
      images: [scanned, unscanned],
    });
    renderWithPlatform(<TrivyCard />);
    expect(
      await screen.findByText('No vulnerabilities found in 1 of 2 images'),
    ).toBeInTheDocument();
  });

  it.each([
    [1, /^1 report in this team's namespaces ignored, not written by the/],
    [3, /^3 reports in this team's namespaces ignored, not written by the/],
  ])('says that %i reports do not count', async (ignoredReports, text) => {
    platform.respond(url, { ...findings, ignoredReports });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('explains that no images are running', async () => {
    platform.respond(url, { ...findings, counts: NONE, images: [] });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText(/No images to scan/)).toBeInTheDocument();
  });

  it.each([
    ['good', {}],
    ['warning', { report: 'stale' as const }],
    ['warning', { os: { name: 'CentOS 6.10', endOfLife: true } }],
  ])('shows no findings as %s with %j', async (tone, facts) => {
    platform.respond(url, {
      ...findings,
      counts: NONE,
      images: [{ ...scanned, ...facts }],
    });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText('No vulnerabilities found')).toHaveAttribute(
      'data-tone',
      tone,
    );
  });

  it('says that an operating system is out of support', async () => {
    platform.respond(url, {
      ...findings,
      counts: NONE,
      endOfLife: 1,
      images: [
        {
          ...scanned,
          roles: ['init' as const],
          os: { name: 'CentOS 6.10', endOfLife: true },
          notes: ['CentOS 6.10 is out of support.'],
        },
      ],
    });
    renderWithPlatform(<TrivyCard />);
    expect(
      await screen.findByText(
        'The operating system of 1 image is out of support',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Out of support')).toBeInTheDocument();
    expect(
      screen.getByText('CentOS 6.10 is out of support.'),
    ).toBeInTheDocument();
    expect(screen.getByText('dev, prod, init container')).toBeInTheDocument();
  });

  it('says why an image is not scanned', async () => {
    platform.respond(url, {
      ...findings,
      counts: NONE,
      images: [
        {
          ...unscanned,
          roles: ['ephemeral' as const],
          notes: ['It runs in an ephemeral container.'],
        },
      ],
    });
    renderWithPlatform(<TrivyCard />);
    expect(await screen.findByText(/^Not scanned:/)).toBeInTheDocument();
    expect(
      screen.getByText('It runs in an ephemeral container.'),
    ).toBeInTheDocument();
  });
});
