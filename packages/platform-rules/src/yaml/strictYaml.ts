import { isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { expandedYaml } from './expandedYaml';
import { KUBERNETES_YAML } from './kubernetesYaml';
import { MAX_DEPTH, type YamlProblem, yamlTextProblem } from './yamlText';

export interface StrictYamlOptions {
  maxBytes: number;
  /** Accepts anchors and aliases. Merge keys are never accepted. */
  aliases: boolean;
  /** Accepts several documents. */
  documents: boolean;
}

/**
 * Parses YAML in bounded time, and refuses what the parsers of Kubernetes, Kustomize and Argo CD could read in another
 * way than this one: merge keys, tags, directives, keys that occur twice or are not text, and unusual line breaks and
 * document separators.
 *
 * Kustomize and kubectl use go-yaml 2 through sigs.k8s.io/yaml. Argo CD splits a file at lines that start with `---`
 * before it parses YAML, and drops the rest of such a line (k8s.io/apimachinery `pkg/util/yaml`).
 */
export function parseStrictYaml(
  text: string,
  options: StrictYamlOptions,
): { values: unknown[] } | { problem: YamlProblem } {
  const problem =
    sizeProblem(text, options) ??
    yamlTextProblem(text, options) ??
    (options.aliases ? expandedProblem(text) : undefined);
  if (problem) {
    return { problem };
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    ...KUBERNETES_YAML,
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
  });
  const values = [];
  for (const document of documents) {
    const lineAt = (offset = 0) => lineCounter.linePos(offset).line;
    const [error] = [...document.errors, ...document.warnings];
    if (error) {
      return {
        problem: {
          code:
            error.code === 'DUPLICATE_KEY'
              ? 'yaml-duplicate-key'
              : 'yaml-syntax',
          line: lineAt(error.pos[0]),
          advice: `This is not valid YAML: ${error.message}.`,
        },
      };
    }
    const key = keyProblem(document);
    if (key) {
      return { problem: { ...key.problem, line: lineAt(key.offset) } };
    }
    try {
      values.push(document.toJS({ maxAliasCount: 100 }) as unknown);
    } catch {
      return {
        problem: {
          code: 'yaml-alias',
          line: lineAt(document.range[0]),
          advice:
            'The aliases of this file cannot be resolved. Write the values out.',
        },
      };
    }
  }
  if (!options.documents && values.length > 1) {
    return {
      problem: {
        code: 'yaml-documents',
        line: 1,
        advice:
          'The file has several documents. Write one, without "---" after it.',
      },
    };
  }
  return { values };
}

function expandedProblem(text: string): YamlProblem | undefined {
  const expanded = expandedYaml(text);
  return 'problem' in expanded ? expanded.problem : undefined;
}

function sizeProblem(
  text: string,
  { maxBytes }: StrictYamlOptions,
): YamlProblem | undefined {
  const bytes = Buffer.byteLength(text);
  return bytes > maxBytes
    ? {
        code: 'yaml-size',
        line: 1,
        advice: `The file has ${bytes} bytes; the limit is ${maxBytes}. Make it smaller.`,
      }
    : undefined;
}

function keyProblem(document: ReturnType<typeof parseAllDocuments>[number]) {
  let found:
    | { offset: number; problem: { code: string; advice: string } }
    | undefined;
  visit(document, {
    Pair(_, pair, path) {
      const key: unknown = isScalar(pair.key) ? pair.key.value : undefined;
      const offset = isScalar(pair.key) ? pair.key.range?.[0] ?? 0 : 0;
      const problem =
        (key === '<<' || typeof key === 'symbol'
          ? {
              code: 'yaml-merge-key',
              advice: 'Merge keys ("<<") are not read. Write the fields out.',
            }
          : undefined) ??
        (typeof key === 'string'
          ? undefined
          : {
              code: 'yaml-key',
              advice: 'A key is not text. Put it into quotes.',
            }) ??
        (path.length > 2 * MAX_DEPTH
          ? {
              code: 'yaml-limit',
              advice: `This is nested more than ${MAX_DEPTH} levels deep. Make it smaller.`,
            }
          : undefined);
      if (problem) {
        found = { offset, problem };
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}
