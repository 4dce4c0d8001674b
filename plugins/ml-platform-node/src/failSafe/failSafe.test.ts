import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blockedImages, BlockedImagesFile, readExceptions } from '.';

const now = new Date('2026-11-30T12:00:00Z');
const IMAGE = 'ghcr.io/acme/scorer:1.0.0';

interface Finding {
  id?: string;
  severity?: string;
  fixed?: string;
  published?: string;
  resource?: string;
}

function report(image: string, findings: Finding[], scanned = '2026-11-30') {
  const [, server, repository, tag, digest] =
    /^([^/]+)\/([^:@]+)(?::(.+)|@(.+))$/.exec(image) ?? [];
  return {
    report: {
      updateTimestamp: scanned,
      registry: { server },
      artifact: { repository, tag, digest },
      vulnerabilities: findings.map(finding => ({
        vulnerabilityID: finding.id ?? 'CVE-2026-0001',
        severity: finding.severity ?? 'CRITICAL',
        resource: finding.resource ?? 'openssl',
        fixedVersion: finding.fixed ?? '3.0.9',
        publishedDate: finding.published ?? '2026-10-01T08:00:00Z',
      })),
    },
  };
}

function blocked(
  reports: Array<ReturnType<typeof report>>,
  previous: Parameters<typeof blockedImages>[1]['previous'] = [],
) {
  return blockedImages(reports, { previous, graceDays: 30, now });
}

describe('blockedImages', () => {
  it('finds fixable critical vulnerabilities that are older than the grace period', () => {
    expect(blocked([report(IMAGE, [{}])])).toEqual([
      {
        image: IMAGE,
        vulnerability: 'CVE-2026-0001',
        since: '2026-10-01',
        fixes: 'openssl=3.0.9',
      },
    ]);
    expect(
      blocked([
        report(IMAGE, [
          { severity: 'HIGH' },
          { id: 'CVE-2026-0002', fixed: '' },
          { id: 'CVE-2026-0003', published: '2026-11-01T08:00:00Z' },
        ]),
      ]),
    ).toEqual([]);
  });

  it('counts a vulnerability without a date as old', () => {
    expect(blocked([report(IMAGE, [{ published: '' }])])).toEqual([
      expect.objectContaining({ since: 'unknown' }),
    ]);
  });

  it('joins what fixes one vulnerability, without spaces', () => {
    expect(
      blocked([
        report(IMAGE, [
          { resource: 'libssl3', fixed: '3.0.9, 3.1.2' },
          { resource: 'libcrypto3' },
        ]),
      ]),
    ).toEqual([
      expect.objectContaining({
        fixes: 'libssl3=3.0.9,3.1.2,libcrypto3=3.0.9',
      }),
    ]);
  });

  it('names an image by its digest, or by its full name with the tag', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(
      blocked([
        report(`ghcr.io/acme/scorer@${digest}`, [{}]),
        report('index.docker.io/library/python:3.9.0', [{}]),
      ]).map(({ image }) => image),
    ).toEqual(['docker.io/library/python:3.9.0', digest]);
  });

  it('relies on the newest report of a tag', () => {
    const reports = [
      report(IMAGE, [], '2026-11-29'),
      report(IMAGE, [{}], '2026-11-28'),
    ];
    expect(blocked(reports)).toEqual([]);
    expect(blocked(reports.reverse())).toEqual([]);
  });

  it('keeps what no report is about any more, and drops what a report no longer has', () => {
    const previous = blocked([report(IMAGE, [{}])]);
    expect(blocked([], previous)).toEqual(previous);
    expect(blocked([report(IMAGE, [])], previous)).toEqual([]);
  });

  it('refuses more entries than the policy can compare', () => {
    const findings = Array.from({ length: 2_001 }, (_, index) => ({
      id: `CVE-2026-${index}`,
    }));
    expect(() => blocked([report(IMAGE, findings)])).toThrow(
      '2001 entries are more than the policy can compare in time (2000).',
    );
  });
});

describe('BlockedImagesFile', () => {
  const text = `# Kept.
kind: ConfigMap
data:
  graceDays: '14'
  # Also kept.
  environments: |
    prod
  blocked: ''
  exceptions: ''
`;

  it('writes lists, and keeps everything else', () => {
    const file = new BlockedImagesFile(text);
    expect(file.graceDays).toBe(14);
    const written = file.textWith(blocked([report(IMAGE, [{}])]), [
      { team: 'ml', subject: 'CVE-2026-0001', expires: '2026-12-31' },
    ]);
    expect(written).toBe(`# Kept.
kind: ConfigMap
data:
  graceDays: '14'
  # Also kept.
  environments: |
    prod
  blocked: |
    ghcr.io/acme/scorer:1.0.0 CVE-2026-0001 2026-10-01 openssl=3.0.9
  exceptions: |
    ml CVE-2026-0001 2026-12-31
`);
    const again = new BlockedImagesFile(written);
    expect(again.textWith(again.blocked, again.exceptions)).toBe(written);
    expect(again.textWith([], [])).toBe(text);
  });

  it('names a field that is not valid', () => {
    expect(() => new BlockedImagesFile(text.replace("'14'", 'soon'))).toThrow(
      'data.graceDays: must be a number of days',
    );
  });
});

describe('readExceptions', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'exceptions-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function read(files: Record<string, string>) {
    await mkdir(path.join(root, 'exceptions'));
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(root, 'exceptions', name), text);
    }
    return readExceptions(root, 'exceptions', ['ml']);
  }

  it('reads vulnerabilities and images', async () => {
    expect(
      await read({
        'ml.yaml': `exceptions:
  - { vulnerability: CVE-2026-0001, owner: jane, reason: not called, expires: 2026-12-31 }
  - { image: 'python:3.9.0', owner: jane, reason: not called, expires: 2027-01-31 }
`,
      }),
    ).toEqual({
      exceptions: [
        { team: 'ml', subject: 'CVE-2026-0001', expires: '2026-12-31' },
        {
          team: 'ml',
          subject: 'docker.io/library/python:3.9.0',
          expires: '2027-01-31',
        },
      ],
      problems: [],
    });
    expect(await readExceptions(root, 'nowhere', ['ml'])).toEqual({
      exceptions: [],
      problems: [],
    });
  });

  it.each([
    ['reason: x, expires: 2026-12-31', 'owner'],
    ['owner: jane, expires: 2026-12-31', 'reason'],
    ['owner: jane, reason: " ", expires: 2026-12-31', 'must say why'],
    ['owner: jane, reason: x', 'expires'],
    ['owner: jane, reason: x, expires: soon', 'must be a day'],
    [
      'image: "a b", owner: jane, reason: x, expires: 2026-12-31',
      'must be an image reference',
    ],
  ])('refuses { %s }', async (fields, says) => {
    const { exceptions, problems } = await read({
      'ml.yaml': `exceptions:\n  - { ${
        fields.startsWith('image') ? '' : 'vulnerability: CVE-2026-0001, '
      }${fields} }\n`,
    });
    expect(exceptions).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'exceptions/ml.yaml',
        text: expect.stringContaining(says),
      }),
    ]);
  });

  it('refuses an exception for everything, and files of nobody', async () => {
    const { problems } = await read({
      'ml.yaml':
        'exceptions:\n  - { owner: jane, reason: x, expires: 2026-12-31 }\n',
      'other.yaml': 'exceptions: []\n',
    });
    expect(problems.map(({ path: file, text }) => `${file}: ${text}`)).toEqual([
      'exceptions/ml.yaml: exceptions[0]: must name either a vulnerability or an image',
      'exceptions/other.yaml: This is not the file of a team. Name it <team>.yaml.',
    ]);
  });
});
