import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
} from 'yaml';
import { EventLoopSlice } from '../async/EventLoopSlice';
import { treeProblem } from './treeProblem';
import { type FileProblem, yamlLimitProblem } from './yamlLimitProblem';

/** A document of a YAML file: its plain value, or the problem for which it was refused. */
export type YamlDocument =
  | { value: unknown; lineOf(path: string[]): number }
  | { problem: FileProblem };

/**
 * Reads the documents of an untrusted file in bounded time and memory, one after the other, and yields to the event loop in
 * between. Documents of one file do not affect each other, except for limits of the whole file, which leave one problem and
 * no value.
 *
 * @see backstage/backstage v1.57 plugins/catalog-node/src/processing/parse.ts for what stock Backstage accepts
 */
export async function readYamlDocuments(
  content: Buffer,
): Promise<YamlDocument[]> {
  const text = content.toString('utf8');
  const limit = await yamlLimitProblem(text);
  if (limit) {
    return [{ problem: limit }];
  }
  const slice = new EventLoopSlice();
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ prettyErrors: false, logLevel: 'error' });
  const documents: YamlDocument[] = [];
  for (const document of composer.compose(parser.parse(text))) {
    documents.push(readDocument(document, lines));
    await slice.next();
  }
  return documents;
}

function readDocument(
  document: Document.Parsed,
  lines: LineCounter,
): YamlDocument {
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const start = lineAt(document.contents?.range[0] ?? document.range[0]);
  const [error] = document.errors;
  if (error) {
    return {
      problem: {
        line: lineAt(error.pos[0]),
        text: `This is not valid YAML: ${error.message}`,
      },
    };
  }
  let value: unknown;
  try {
    value = document.toJSON();
  } catch (failure) {
    // An unresolved alias, or aliases that multiply: the parser counts them.
    return {
      problem: {
        line: start,
        text: `This YAML cannot be read: ${
          failure instanceof Error ? failure.message : failure
        }`,
      },
    };
  }
  const problem = treeProblem(value);
  return problem
    ? { problem: { line: start, text: problem } }
    : {
        // What the catalog would store, without `NaN` and the like.
        value: value === undefined ? null : JSON.parse(JSON.stringify(value)),
        lineOf: path => lineAt(offsetOf(document, path)),
      };
}

/** Offset of the deepest node on the path that exists. */
function offsetOf(document: Document.Parsed, path: string[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? document.range[0];
  for (const key of path) {
    const owner: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(owner)) {
      const pair = owner.items.find(
        item => String(isScalar(item.key) ? item.key.value : item.key) === key,
      );
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      node = pair?.value;
    } else if (isSeq(owner)) {
      node = owner.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else {
      break;
    }
  }
  return offset;
}
