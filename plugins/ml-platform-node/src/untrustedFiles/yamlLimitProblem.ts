import { Lexer } from 'yaml';
import { EventLoopSlice } from '../async/EventLoopSlice';
import { YAML_LIMITS } from './limits';

/** A problem of a file. */
export interface FileProblem {
  /** 1 for the first line; absent when the problem is not about a line. */
  line?: number;
  text: string;
}

type YamlLimits = Pick<
  typeof YAML_LIMITS,
  'documents' | 'nesting' | 'partsPerDocument'
>;

/** The lexer announces a scalar, whose text may look like an indicator, for example `- ---`. */
const SCALAR = '\u001f';

class YamlStructure {
  line = 1;
  readonly #limits: YamlLimits;
  #documents = 1;
  #parts = 0;
  #explicitKeys = 0;
  #flow = 0;
  /** Indicators in a row on one line, as in `- - -`. */
  #compact = 0;
  #isScalar = false;

  constructor(limits: YamlLimits) {
    this.#limits = limits;
  }

  add(token: string) {
    this.line += token.split('\n').length - 1;
    this.#parts += 1;
    if (this.#isScalar) {
      this.#compact = 0;
    } else {
      this.#addIndicator(token);
    }
    this.#isScalar = token === SCALAR;
  }

  exceeded(): string | undefined {
    const { partsPerDocument, documents, nesting } = this.#limits;
    if (this.#parts > partsPerDocument) {
      return `This document has more than ${partsPerDocument} parts`;
    }
    if (this.#documents > documents + 1) {
      return `The file has more than ${documents} documents`;
    }
    return Math.max(this.#flow, this.#compact, this.#explicitKeys) > nesting
      ? `This is nested more than ${nesting} levels deep`
      : undefined;
  }

  #addIndicator(token: string) {
    switch (token) {
      case '---':
        this.#documents += 1;
        this.#parts = 0;
        break;
      case '[':
      case '{':
        this.#flow += 1;
        break;
      case ']':
      case '}':
        this.#flow -= 1;
        break;
      case '?':
        this.#explicitKeys += 1;
        break;
      default:
    }
    if (token === '-' || token === '?' || token === ':') {
      this.#compact += 1;
    } else if (token.trim() !== '' || token.includes('\n')) {
      this.#compact = 0;
    }
  }
}

/**
 * Finds structure for which the parser's time grows with its square, or worse. The lexer's does not.
 *
 * @see eemeli/yaml v2.8 src/parse/cst.ts (`tokenType`) for the tokens
 */
export async function yamlLimitProblem(
  text: string,
  limits: YamlLimits = YAML_LIMITS,
): Promise<FileProblem | undefined> {
  const slice = new EventLoopSlice();
  const structure = new YamlStructure(limits);
  let count = 0;
  for (const token of new Lexer().lex(text)) {
    structure.add(token);
    const limit = structure.exceeded();
    if (limit) {
      return { line: structure.line, text: `${limit}. Make it smaller.` };
    }
    count += 1;
    if (count % 500 === 0) {
      await slice.next();
    }
  }
  return undefined;
}
