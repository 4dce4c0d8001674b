import {
  type CelInput,
  type CelResult,
  type CelValue,
  celEnv,
  isCelError,
  parse,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';

/** CEL's standard library and string functions, a subset of Kubernetes' libraries. */
const environment = celEnv({ funcs: strings });

export type Bindings = Record<string, CelInput>;

export type Evaluation =
  | { status: 'value'; value: CelValue }
  /** The expression fails for this object, as it would in the cluster. */
  | { status: 'error'; message: string }
  /** Only a cluster can evaluate the expression. */
  | { status: 'unsupported'; message: string };

export interface Expression {
  evaluate(bindings: Bindings): Evaluation;
}

/** Compiles an expression. One that cannot be parsed evaluates to `unsupported`. */
export function compileExpression(source: string): Expression {
  let run: ReturnType<typeof plan>;
  let unknown: string[];
  try {
    const parsed = parse(source);
    run = plan(environment, parsed);
    unknown = [...calledFunctions(parsed.expr)].filter(
      name => /^[a-z]/i.test(name) && !environment.funcs.find(name),
    );
  } catch (error) {
    return constant({ status: 'unsupported', message: messageOf(error) });
  }
  return {
    evaluate(bindings) {
      const result = attempt(() => run(bindings));
      if (!isCelError(result)) {
        return { status: 'value', value: result };
      }
      // An error means that the unknown function was needed: otherwise short-circuiting would have given a value.
      return unknown.length > 0
        ? {
            status: 'unsupported',
            message: `it calls ${unknown
              .sort()
              .join(', ')}, which only the cluster can evaluate`,
          }
        : { status: 'error', message: result.message };
    },
  };
}

function attempt(run: () => CelResult): CelResult {
  try {
    return run();
  } catch (error) {
    throw new Error(`CEL evaluation failed: ${messageOf(error)}`);
  }
}

function constant(evaluation: Evaluation): Expression {
  return { evaluate: () => evaluation };
}

function calledFunctions(node: unknown, found = new Set<string>()) {
  if (typeof node === 'object' && node !== null) {
    if ('$typeName' in node && node.$typeName === 'cel.expr.Expr.Call') {
      found.add('function' in node ? String(node.function) : '');
    }
    for (const child of Object.values(node)) {
      calledFunctions(child, found);
    }
  }
  return found;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
