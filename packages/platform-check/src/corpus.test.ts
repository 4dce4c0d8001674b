import {
  acceptedBy,
  type CorpusManifest,
  readCorpus,
  rejectedBy,
} from './__testUtils__/corpus';
import { failuresOf, TestRepository } from './__testUtils__/TestRepository';

const corpus = readCorpus();
const runs = 'infra/gitops/workloads/app-ml-team/corpus/runs/dev';

describe('the corpus of manifests', () => {
  let repository: TestRepository;
  let failures: string[];

  beforeAll(async () => {
    repository = await TestRepository.create();
    for (const { name, text } of corpus) {
      // Files of runs are read without Kustomize, so that the test checks the manifest only.
      await repository.write(`${runs}/${name}.yaml`, text);
    }
    failures = failuresOf(await repository.check());
  });

  afterAll(async () => {
    await repository.delete();
  });

  it('has no two manifests of one name', () => {
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it.each(acceptedBy('repository'))('$name: accepted', manifest => {
    expect(failuresAbout(manifest)).toEqual([]);
  });

  it.each(rejectedBy('repository'))('$name: rejected', manifest => {
    const own = failuresAbout(manifest);
    expect(own).not.toEqual([]);
    expect(own.join('\n')).toContain(manifest.says);
  });

  function failuresAbout({ name, object }: CorpusManifest) {
    return failures.filter(
      failure =>
        failure.startsWith(`${runs}/${name}.yaml: `) ||
        failure.includes(object ? `: ${object}: ` : ` ${name}: `),
    );
  }
});
