import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  validationReportSchema,
  type ValidationReport,
} from '@internal/plugin-ml-platform-common';
import { validate } from 'jsonschema';
import { createTemplateRenderer } from 'nunjitsu';
import { parse } from 'yaml';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';
import { createCheckoutAction } from './checkout';
import { createMergeAction } from './merge';
import { createProposeAction } from './propose';
import { createValidateAction } from './validate';

let fixture: ChangeRequestFixture;

beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(async () => {
  await fixture.stop();
});

function inputsOf<I extends JsonObject, O extends JsonObject>(
  action: TemplateAction<I, O>,
  previewDigest = 'digest',
): JsonObject[] {
  expect(action.supportsDryRun).toBe(true);
  const renderer = createTemplateRenderer();
  return (action.examples ?? []).map(({ example }) => {
    const rendered = renderer.render(example, {
      parameters: { previewDigest },
    });
    const { steps } = parse(rendered);
    const input = steps.at(-1).input ?? {};
    expect(steps.at(-1).action).toBe(action.id);
    expect(validate(input, action.schema?.input ?? {}).errors).toEqual([]);
    return input;
  });
}

it('has runnable examples of every action', async () => {
  const { dependencies } = fixture;
  const checkout = createCheckoutAction(dependencies);
  for (const input of inputsOf(checkout)) {
    const task = await fixture.task();
    await expect(task.run(checkout, input)).resolves.toMatchObject({
      exists: input.workload === 'ml-backend',
    });
  }

  const task = await fixture.task();
  await task.checkout();
  await task.render();
  const merge = createMergeAction(dependencies);
  for (const input of inputsOf(merge)) {
    await expect(task.run(merge, input)).resolves.toMatchObject({
      conflicts: [],
    });
  }

  const check = createValidateAction(dependencies);
  const [withoutDigest] = inputsOf(check);
  const report: ValidationReport = validationReportSchema.parse(
    (await task.run(check, withoutDigest)).report,
  );
  await task.run(check, inputsOf(check, report.digest)[1]);

  const propose = createProposeAction(dependencies);
  const numbers = [];
  for (const input of inputsOf(propose)) {
    numbers.push((await task.run(propose, input)).number);
  }
  expect(new Set(numbers).size).toBe(1);
});

it('describes every input and output', () => {
  const { dependencies } = fixture;
  for (const { schema } of [
    createCheckoutAction(dependencies),
    createMergeAction(dependencies),
    createValidateAction(dependencies),
    createProposeAction(dependencies),
  ]) {
    for (const part of [schema?.input, schema?.output]) {
      for (const property of Object.values(part?.properties ?? {})) {
        expect(property).toMatchObject({ description: expect.any(String) });
      }
    }
  }
});
