import {
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  LineCounter,
  parseAllDocuments,
} from 'yaml';
import { KUBERNETES_YAML } from './kubernetesYaml';
import { type YamlProblem, yamlTextProblem } from './yamlText';

/** Limit of a file with its aliases replaced, in bytes: that of a manifest without any. */
const MAX_EXPANDED_BYTES = 1024 * 1024;
/** Bytes that count for each key, value and list, however short: parsers need some hundred for one. */
const NODE_BYTES = 50;
/** Characters before the names of anchors and aliases, for any parser. */
const ANCHOR = /&\S/;
const ALIAS = /\*\S/;

/**
 * Measures YAML as programs hold it that replace aliases by copies (Kustomize does for resources and patches), without
 * replacing any: a few lines of anchors in anchors have gigabytes.
 *
 * @returns the size, or a problem for text that is too large, or whose aliases parsers could read in different ways.
 */
export function expandedYaml(
  text: string,
): { bytes: number } | { problem: YamlProblem } {
  const bytes = Buffer.byteLength(text);
  if (!ANCHOR.test(text) || !ALIAS.test(text)) {
    return { bytes };
  }
  const problem = yamlTextProblem(text, { aliases: true });
  if (problem) {
    return { problem };
  }
  const lines = new LineCounter();
  let expanded = 0;
  for (const document of parseAllDocuments(text, {
    ...KUBERNETES_YAML,
    lineCounter: lines,
    logLevel: 'error',
    prettyErrors: false,
    // Comparing each key with all others takes the square of their time.
    uniqueKeys: false,
  })) {
    const line = lines.linePos(document.range[0]).line;
    const [error] = document.errors;
    if (error) {
      return {
        problem: {
          code: 'yaml-syntax',
          line: lines.linePos(error.pos[0]).line,
          advice: `This is not valid YAML: ${error.message}.`,
        },
      };
    }
    const size = expandedBytes(document);
    if (size === undefined) {
      return { problem: unresolved(line) };
    }
    expanded += size;
    if (expanded > MAX_EXPANDED_BYTES) {
      return { problem: tooLarge(line) };
    }
  }
  return { bytes: Math.max(bytes, expanded) };
}

function tooLarge(line: number): YamlProblem {
  return {
    code: 'yaml-expanded-size',
    line,
    advice: `With its aliases replaced, this is larger than ${MAX_EXPANDED_BYTES} bytes. Repeat less with aliases, and do not put aliases into what an alias repeats.`,
  };
}

function unresolved(line: number): YamlProblem {
  return {
    code: 'yaml-alias',
    line,
    advice:
      'The aliases of this file cannot be resolved. Write the values out.',
  };
}

/** Sums up a document, each alias with the size of what it repeats. @returns undefined for an alias of nothing, or of itself. */
function expandedBytes({ contents }: Document): number | undefined {
  const anchors = new Map<string, number | undefined>();
  const sizeOf = (node: unknown): number | undefined => {
    if (isAlias(node)) {
      return anchors.get(node.source);
    }
    const anchor =
      isScalar(node) || isCollection(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      // An alias within what it repeats has no end.
      anchors.set(anchor, undefined);
    }
    let size: number | undefined = NODE_BYTES;
    for (const child of childrenOf(node)) {
      const childSize = sizeOf(child);
      if (childSize === undefined) {
        return undefined;
      }
      size += childSize;
    }
    if (isScalar(node)) {
      size += Buffer.byteLength(node.source ?? String(node.value));
    }
    if (anchor !== undefined) {
      anchors.set(anchor, size);
    }
    return size;
  };
  return sizeOf(contents);
}

function childrenOf(node: unknown): unknown[] {
  if (isPair(node)) {
    return [node.key, node.value];
  }
  return isCollection(node) ? node.items : [];
}
