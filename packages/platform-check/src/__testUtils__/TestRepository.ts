import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkRepository } from '../checkRepository';
import type { Report } from '../Report';

const checkout = path.resolve(__dirname, '../../../..');

/** A clone of a platform repository with the content of `infra/`. */
export class TestRepository {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'platform-check-'));
  #base = '';

  static async create(): Promise<TestRepository> {
    const repository = new TestRepository();
    await repository.#fill();
    return repository;
  }

  /**
   * Provides one repository to all tests of a group, each with the content of the base. Call it in the group; it is filled
   * once the tests run.
   */
  static forAll(): TestRepository {
    const repository = new TestRepository();
    beforeAll(() => repository.#fill());
    afterEach(() => {
      repository.git('reset', '--quiet', '--hard');
      repository.git('clean', '--quiet', '--force', '-d');
    });
    afterAll(() => repository.delete());
    return repository;
  }

  private constructor() {}

  async #fill(): Promise<void> {
    await cp(path.join(checkout, 'infra'), path.join(this.directory, 'infra'), {
      recursive: true,
    });
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('commit', '--quiet', '--allow-empty', '--message=Empty');
    this.commit();
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.directory,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: this.directory,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Test',
        GIT_AUTHOR_EMAIL: 'test@example.com',
        GIT_COMMITTER_NAME: 'Test',
        GIT_COMMITTER_EMAIL: 'test@example.com',
      },
    });
  }

  /** Commits all files as the base of changes. */
  commit() {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message=Base');
    this.#base = this.git('rev-parse', 'HEAD').trim();
  }

  async write(file: string, content: string) {
    const target = path.join(this.directory, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }

  async edit(file: string, from: string | RegExp, to: string) {
    const content = await readFile(path.join(this.directory, file), 'utf8');
    const edited = content.replace(from, to);
    if (edited === content) {
      throw new Error(`${file} does not contain ${from}`);
    }
    await this.write(file, edited);
  }

  async remove(file: string) {
    await rm(path.join(this.directory, file), { recursive: true });
  }

  check(options: { base?: string; team?: string } = {}): Promise<Report> {
    return checkRepository({
      repository: this.directory,
      rootDirectory: 'infra',
      base: this.#base,
      ...options,
    });
  }

  async delete() {
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Failed checks as `path: text`. */
export function failuresOf({ sections }: Pick<Report, 'sections'>): string[] {
  return sections.flatMap(({ checks }) =>
    checks
      .filter(({ status }) => status === 'failed')
      .flatMap(({ messages }) =>
        messages.map(({ path: file, text }) => `${file}: ${text}`),
      ),
  );
}
