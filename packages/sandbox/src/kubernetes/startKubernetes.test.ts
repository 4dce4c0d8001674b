import { resolve } from 'node:path';
import { eventually } from '../__testUtils__/eventually';
import { PlatformRepository } from '../__testUtils__/PlatformRepository';
import { type KubernetesObject, text } from './KubernetesObject';
import { startKubernetes } from './startKubernetes';

it('runs the whole platform repository of this monorepo', async () => {
  const repository = await PlatformRepository.create();
  await repository.commitDirectory(
    resolve(__dirname, '../../../../infra'),
    'infra',
  );
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  const kubernetes = await startKubernetes({
    host: '127.0.0.1',
    port: 0,
    stateDirectory: repository.stateDirectory,
    repositoryDirectory: repository.directory,
    repositoryUrl: 'http://127.0.0.1:7010/acme/platform.git',
    branch: 'main',
    onPush: () => {},
    logger,
  });
  try {
    await kubernetes.sync();
    const states = async () => {
      const response = await fetch(
        `${kubernetes.url}/apis/argoproj.io/v1alpha1/applications`,
      );
      const { items }: { items: KubernetesObject[] } = await response.json();
      return items.map(
        item =>
          `${item.metadata.name} ${text(item, 'status.sync.status')} ${text(
            item,
            'status.health.status',
          )}`,
      );
    };
    await eventually(async () => {
      const all = await states();
      expect(all.length).toBeGreaterThan(20);
      // Training runs take longer than this test.
      expect(
        all.filter(
          state => !/ Synced Healthy$|--runs Synced Progressing$/.test(state),
        ),
      ).toEqual([]);
    });
    expect(logger.error).not.toHaveBeenCalled();
    expect(logger.warn).not.toHaveBeenCalled();
  } finally {
    await kubernetes.stop();
    await repository.remove();
  }
});
