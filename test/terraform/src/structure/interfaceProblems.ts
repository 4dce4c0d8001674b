import type { Module } from './readModule';

const MAX_VARIABLES = 12;

/** An interface that people can take in: few variables, in order, each with a type and a description. */
export function interfaceProblems(module: Module): string[] {
  const problems: string[] = [];
  const names = [...module.variables.keys()];
  if (names.length > MAX_VARIABLES) {
    problems.push(
      `${names.length} variables are too many to take in; group them in objects, ${MAX_VARIABLES} are the limit.`,
    );
  }
  for (const [kind, entries] of [
    ['variable', module.variables],
    ['output', module.outputs],
  ] as const) {
    const labels = [...entries.keys()];
    const misplaced = labels.find(
      (label, index) => index > 0 && label < labels[index - 1],
    );
    if (misplaced) {
      problems.push(
        `Put ${kind} "${misplaced}" where the alphabet has it, so that it is found.`,
      );
    }
    for (const [label, { description }] of entries) {
      if (!description) {
        problems.push(`Give ${kind} "${label}" a description.`);
      }
    }
  }
  for (const [label, { type }] of module.variables) {
    const expression = type?.replace(/^\$\{|\}$/g, '');
    if (!expression || /\bany\b/.test(expression)) {
      problems.push(`Give variable "${label}" an exact type, not \`any\`.`);
    } else if (/\blist\(/.test(expression)) {
      problems.push(
        `Make variable "${label}" a map or a set: removing an item from a list moves all that follow.`,
      );
    }
  }
  return problems;
}

/** A validation that no test has seen refuse something may as well not be there. */
export function validationProblems(module: Module): string[] {
  return [...module.variables].flatMap(([name, { validation = [] }]) => {
    const tested = module.refusals.filter(item => item === `var.${name}`);
    return tested.length < validation.length
      ? [
          `Variable "${name}" has ${validation.length} validations, and tests see ${tested.length} of them refuse something: write a run with \`expect_failures = [var.${name}]\` for each.`,
        ]
      : [];
  });
}

/** Two providers are interchangeable when they take the same variables and give the same outputs. */
export function twinProblems(
  [nameA, a]: [string, Module],
  [nameB, b]: [string, Module],
): string[] {
  return [
    ...differences('variable', [nameA, a.variables], [nameB, b.variables]),
    ...differences('output', [nameA, described(a)], [nameB, described(b)]),
  ];
}

/** How an output is computed is a provider's own business. */
function described(module: Module): Map<string, { description?: string }> {
  return new Map(
    [...module.outputs].map(([name, { description }]) => [
      name,
      { description },
    ]),
  );
}

function differences(
  kind: string,
  [nameA, a]: [string, Map<string, object>],
  [nameB, b]: [string, Map<string, object>],
): string[] {
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names.flatMap(name => {
    const [left, right] = [a.get(name), b.get(name)];
    if (!left || !right) {
      const [has, lacks] = left ? [nameA, nameB] : [nameB, nameA];
      return [
        `${kind} "${name}" is in ${has} only: add it to ${lacks}, since a composition has to be able to use either.`,
      ];
    }
    const fields = [
      ...new Set([...Object.keys(left), ...Object.keys(right)]),
    ].filter(
      field =>
        JSON.stringify(Reflect.get(left, field)) !==
        JSON.stringify(Reflect.get(right, field)),
    );
    return fields.map(
      field =>
        `${kind} "${name}" has another ${field} in ${nameA} than in ${nameB}: make them the same.`,
    );
  });
}
