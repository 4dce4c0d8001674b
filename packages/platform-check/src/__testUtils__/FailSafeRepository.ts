import path from 'node:path';
import { writeBlockedImages } from '../failSafe/writeBlockedImages';
import { type FailSafeCase, readFailSafeParameters } from './failSafeCorpus';
import { TestRepository } from './TestRepository';

const exceptions = 'infra/gitops/policies/exceptions';

/** A clone whose base has the old objects and the parameters of the corpus, and whose work tree has the new objects. */
export class FailSafeRepository {
  static readonly workload = 'fail-safe';
  readonly #repository: TestRepository;

  static async create(cases: FailSafeCase[]): Promise<FailSafeRepository> {
    const repository = await TestRepository.create();
    const parameters = readFailSafeParameters();
    for (const { file, text } of parameters.exceptions) {
      await repository.write(`${exceptions}/${file}`, text);
    }
    await repository.write('.git/reports.json', parameters.reports);
    await writeBlockedImages({
      repository: repository.directory,
      rootDirectory: 'infra',
      reports: [path.join(repository.directory, '.git/reports.json')],
    });
    for (const one of cases.filter(({ oldText }) => oldText)) {
      await repository.write(this.fileOf(one), one.oldText ?? '');
    }
    repository.commit();
    for (const one of cases) {
      await repository.write(this.fileOf(one), one.text);
    }
    return new FailSafeRepository(repository);
  }

  /** Files of runs are read without Kustomize, so that a case is its manifest only. */
  static fileOf({ team, environment, name }: FailSafeCase): string {
    return `infra/gitops/workloads/${team}/${FailSafeRepository.workload}/runs/${environment}/${name}.yaml`;
  }

  private constructor(repository: TestRepository) {
    this.#repository = repository;
  }

  get directory(): string {
    return this.#repository.directory;
  }

  git(...args: string[]): string {
    return this.#repository.git(...args);
  }

  check() {
    return this.#repository.check();
  }

  delete() {
    return this.#repository.delete();
  }
}
