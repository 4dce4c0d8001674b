import { formatAnswers, parseAnswers } from '@internal/plugin-ml-platform-node';
import { mergeAnswers } from './mergeAnswers';

const commit = 'a'.repeat(40);
const template = {
  ref: 'template:default/ml-service',
  path: 'templates/ml-service',
  commit,
};
const file = (values: Record<string, unknown>, promoted?: string) =>
  Buffer.from(
    formatAnswers({
      template,
      values,
      ...(promoted && {
        promotedFrom: { environment: 'dev', commit: promoted },
      }),
    }),
  );

it('merges values on neighbouring lines', async () => {
  const merged = await mergeAnswers(
    file({ image: 'a:1', port: 1, gone: true }),
    file({ image: 'a:2', port: 1, gone: true, own: 'x' }, commit),
    file({ image: 'a:1', port: 2, size: 'small' }),
  );
  await expect(parseAnswers(String(merged), 'x')).resolves.toEqual({
    template,
    values: { image: 'a:2', port: 2, own: 'x', size: 'small' },
    promotedFrom: { environment: 'dev', commit },
  });
});

it('merges nothing where both sides changed a value, or a file is not valid', async () => {
  const [base, other] = [file({ port: 1 }), file({ port: 2 })];
  await expect(
    mergeAnswers(base, other, file({ port: 3 })),
  ).resolves.toBeUndefined();
  await expect(
    mergeAnswers(base, Buffer.from('a: ['), other),
  ).resolves.toBeUndefined();
});
