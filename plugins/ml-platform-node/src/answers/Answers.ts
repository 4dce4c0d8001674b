import { InputError } from '@backstage/errors';
import {
  type KubernetesObject,
  parseManifestFile,
} from '@internal/platform-rules';
import { RUN_ANSWERS_ANNOTATION } from '@internal/plugin-ml-platform-common';
import { Document, Scalar, parse, stringify, visit } from 'yaml';
import { z } from 'zod';
import { yamlLimitProblem } from '../untrustedFiles';

/** The repository's first commit, as the commit of a template: files that were there before the portal. */
export const INITIAL_COMMIT = 'initial';

const commitSchema = z.string().regex(/^[0-9a-f]{40}$/, 'must be a commit id');

const templateSchema = z
  .object({
    ref: z
      .string()
      .regex(/^template:/, 'must be the entity reference of a template'),
    /** Directory of the template in the platform repository. Teams can write answers files, so it is checked. */
    path: z
      .string()
      .regex(
        /^templates\/[a-z0-9][a-z0-9-]*$/,
        'must be a directory of templates/',
      ),
    /** Commit of the platform repository with the template as it was rendered last. */
    commit: z
      .string()
      .regex(
        /^([0-9a-f]{40}|initial)$/,
        `must be a commit id, or "${INITIAL_COMMIT}"`,
      ),
  })
  .refine(({ path, ref }) => path.split('/')[1] === ref.split('/').at(-1), {
    error: 'path must be that of the template in ref',
  });

const answersSchema = z.object({
  template: templateSchema,
  /** Values of the form. */
  values: z.record(z.string(), z.unknown()),
  /** The last promotion into this environment. */
  promotedFrom: z
    .object({
      environment: z.string(),
      /** The commit of the platform repository with the files that were promoted. */
      commit: commitSchema,
    })
    .optional(),
});

/** Template and values that an environment of a workload was made from: its file `ml-platform.yaml`. */
export type Answers = z.infer<typeof answersSchema>;

/** Name of the answers file in the directory of an environment. */
export const ANSWERS_FILE = 'ml-platform.yaml';

const COMMENT =
  ' Template and values of this directory. The portal reads them to edit and upgrade it; change values through the portal.';

/** Writes an answers file. Equal answers give equal text, and each value has lines of its own. */
export function formatAnswers(answers: Answers): string {
  const document = new Document(answers);
  visit(document, {
    Scalar(_, scalar) {
      // Lines of a script are lines here, too, for reviews and merges.
      if (/^[^\r]*\n[^\r]*$/.test(String(scalar.value))) {
        scalar.type = Scalar.BLOCK_LITERAL;
      }
    },
  });
  const text = document.toString({
    defaultKeyType: 'PLAIN',
    defaultStringType: 'QUOTE_DOUBLE',
    lineWidth: 0,
  });
  return `#${COMMENT}\n${text}`;
}

/** Writes the answers of a run on one line, for an annotation. Single quotes are not escaped in a file. */
export function formatRunAnswers(answers: Answers): string {
  return stringify(answers, {
    collectionStyle: 'flow',
    defaultKeyType: 'PLAIN',
    defaultStringType: 'QUOTE_SINGLE',
    lineWidth: 0,
  }).trimEnd();
}

/** Reads an answers file, or those of a run, which a team can write. @returns the problems of one that is not valid, each a sentence. */
export async function readAnswers(
  text: string,
): Promise<{ answers: Answers } | { problems: string[] }> {
  const limit = await yamlLimitProblem(text);
  if (limit) {
    return { problems: [limit.text] };
  }
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 0 });
  } catch {
    return { problems: ['This is not valid YAML.'] };
  }
  const parsed = answersSchema.safeParse(content);
  return parsed.success
    ? { answers: parsed.data }
    : {
        problems: parsed.error.issues.map(
          issue => `${issue.path.join('.')}: ${issue.message}.`,
        ),
      };
}

/** Reads the answers in the file of a run, which a team can write. @returns undefined without valid ones. */
export async function readRunAnswers(
  text: string,
): Promise<Answers | undefined> {
  if (await yamlLimitProblem(text)) {
    return undefined;
  }
  let objects: KubernetesObject[];
  try {
    objects = parseManifestFile(text);
  } catch {
    return undefined;
  }
  const [annotation] = objects.flatMap(
    ({ metadata }) => metadata.annotations?.[RUN_ANSWERS_ANNOTATION] ?? [],
  );
  const read = annotation ? await readAnswers(annotation) : undefined;
  return read && 'answers' in read ? read.answers : undefined;
}

/** @throws InputError that names the file and its problems. */
export async function parseAnswers(
  text: string,
  file: string,
): Promise<Answers> {
  const read = await readAnswers(text);
  if ('problems' in read) {
    throw new InputError(
      `${file} is not valid, so the portal cannot tell what this was made from. ${read.problems.join(
        ' ',
      )} Restore the file in the platform repository.`,
    );
  }
  return read.answers;
}
