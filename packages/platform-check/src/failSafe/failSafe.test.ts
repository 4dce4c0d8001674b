import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { failuresOf, TestRepository } from '../__testUtils__/TestRepository';
import { writeBlockedImages } from './writeBlockedImages';

const blockedImages = 'infra/gitops/policies/blocked-images.yaml';
const exceptions = 'infra/gitops/policies/exceptions/app-data-team.yaml';
const exception = (expires: string) =>
  `exceptions:\n  - { vulnerability: CVE-2026-0001, owner: jane, reason: not called, expires: ${expires} }\n`;

describe('blocked images', () => {
  const repository = TestRepository.forAll();

  const write = (reports: string[] = [], now?: Date) =>
    writeBlockedImages({
      repository: repository.directory,
      rootDirectory: 'infra',
      reports,
      now,
    });
  const written = () =>
    readFile(path.join(repository.directory, blockedImages), 'utf8');

  it('of the examples are those of the sandbox, which the reports and exceptions give', async () => {
    await repository.write('.git/reports.json', await sampleReports());
    const reports = path.join(repository.directory, '.git/reports.json');
    expect(await write([reports], new Date('2026-11-30'))).toBe(false);
    expect(await write([reports], new Date('2027-04-01'))).toBe(true);
    expect(await written()).toContain("\n  exceptions: ''\n");
  });

  it('take exceptions, which the check demands', async () => {
    await repository.write(exceptions, exception('2099-12-31'));
    expect(failuresOf(await repository.check())).toEqual([
      `${blockedImages}: The exception "app-data-team CVE-2026-0001 2099-12-31" is missing here. Run yarn platform-check --blocked-images, and commit what it writes.`,
    ]);
    expect(await write()).toBe(true);
    expect(failuresOf(await repository.check())).toEqual([]);

    await repository.remove(exceptions);
    expect(failuresOf(await repository.check())).toEqual([
      `${blockedImages}: No file of infra/gitops/policies/exceptions has the exception "app-data-team CVE-2026-0001 2099-12-31". Run yarn platform-check --blocked-images, and commit what it writes.`,
    ]);
  });

  it('do not take expired exceptions, which need not be written', async () => {
    await repository.write(exceptions, exception('2026-01-31'));
    expect(await write([], new Date('2026-02-01'))).toBe(false);
    expect(failuresOf(await repository.check())).toEqual([]);
  });

  it('are not written from exceptions that are not valid, which the check names', async () => {
    await repository.write(exceptions, exception('soon'));
    const problem = `${exceptions}:2: exceptions[0].expires: must be a day, for example 2026-12-31`;
    await expect(write()).rejects.toThrow(problem);
    expect(failuresOf(await repository.check())).toEqual([problem]);
  });

  it('affect no workload, because what is there may stay', async () => {
    await repository.edit(
      blockedImages,
      'ghcr.io/mlflow',
      'docker.io/hashicorp/http-echo:1.0.0 CVE-2026-0001 2026-01-01 go=1.25\n    ghcr.io/mlflow',
    );
    const { affected, sections } = await repository.check();
    expect(failuresOf({ sections })).toEqual([]);
    expect(sections.map(({ title }) => title)).not.toContain(
      'app-ml-team/feature-api',
    );
    expect(affected).toBeGreaterThan(0);
  });

  it('cannot be promoted', async () => {
    const overlays =
      'infra/gitops/workloads/app-data-team/audit-events/overlays';
    await cp(
      path.join(repository.directory, overlays, 'dev'),
      path.join(repository.directory, overlays, 'uat'),
      { recursive: true },
    );
    await repository.edit(
      `${overlays}/uat/kustomization.yaml`,
      'app-data-team-dev',
      'app-data-team-uat',
    );
    expect(failuresOf(await repository.check())).toContain(
      `${overlays}/uat: Deployment audit-events: container processor (docker.io/timberio/vector:0.40.0-alpine; CVE-2024-5535, fixed by libssl3=3.3.1-r1): the image has a critical vulnerability that a newer version fixes, and is not newly deployed to uat. Deploy a version without it, or ask the platform team for an exception with owner, reason and expiry in gitops/policies/exceptions/app-data-team.yaml.`,
    );
  });
});

/** Reports of the sandbox on all its images, as kubectl writes them. */
async function sampleReports(): Promise<string> {
  const { images } = parse(
    await readFile(
      path.resolve(__dirname, '../../../sandbox/data/trivy-sample.yaml'),
      'utf8',
    ),
  );
  return JSON.stringify({
    items: images.map(
      ({
        image,
        vulnerabilities,
      }: {
        image: string;
        vulnerabilities: string[][];
      }) => {
        const [, server, repository, tag] =
          /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
        return {
          report: {
            registry: { server },
            artifact: { repository, tag },
            vulnerabilities: vulnerabilities.map(row => ({
              vulnerabilityID: row[0],
              severity: row[1],
              resource: row[3],
              fixedVersion: row[5] ?? '',
              publishedDate: row[7],
            })),
          },
        };
      },
    ),
  });
}
