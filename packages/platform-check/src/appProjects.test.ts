import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readCorpus } from './__testUtils__/corpus';

const project = parse(
  readFileSync(
    path.resolve(
      __dirname,
      '../../../infra/gitops/tenants/app-ml-team/argocd/project.yaml',
    ),
    'utf8',
  ),
);
const allowed = new Set(
  project.spec.namespaceResourceWhitelist.map(
    ({ group, kind }: { group: string; kind: string }) => `${group}/${kind}`,
  ),
);

function kindOf(text: string): string {
  const { apiVersion, kind } = parse(text);
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${group}/${kind}`;
}

describe("a team's AppProject", () => {
  const valid = readCorpus().filter(({ name }) => name.startsWith('valid-'));
  const forbidden = readCorpus().filter(
    ({ because }) =>
      because === 'The AppProject of the team does not allow the kind.',
  );

  it('allows exactly the kinds of which the corpus has a valid manifest', () => {
    expect([...allowed].sort()).toEqual(
      valid.map(({ text }) => kindOf(text)).sort(),
    );
    expect(project.spec.clusterResourceWhitelist).toEqual([]);
  });

  it.each(forbidden)('does not allow $name', ({ text }) => {
    expect(allowed).not.toContain(kindOf(text));
  });
});
