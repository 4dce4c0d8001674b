import type { Module } from './readModule';

const MAX_VARIABLES = 12;

/** Checks for few, sorted variables, each with a type and a description. */
export function interfaceProblems(module: Module): string[] {
  const problems: string[] = [];
  const names = [...module.variables.keys()];
  if (names.length > MAX_VARIABLES) {
    problems.push(
      `${names.length} variables are too many: group them in objects. The limit is ${MAX_VARIABLES}.`,
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
      problems.push(`Put ${kind} "${misplaced}" in alphabetical order.`);
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
        `Make variable "${label}" a map or a set: the removal of a list item moves all later items.`,
      );
    }
  }
  return problems;
}

/** Checks that a test covers the rejection of each validation. */
export function validationProblems(module: Module): string[] {
  return [...module.variables].flatMap(([name, { validation = [] }]) => {
    const tested = module.rejections.filter(item => item === `var.${name}`);
    return tested.length < validation.length
      ? [
          `Variable "${name}" has ${validation.length} validations, and tests cover ${tested.length} rejections: write a run with \`expect_failures = [var.${name}]\` for each.`,
        ]
      : [];
  });
}

/** Checks that two modules are interchangeable, with the same variables and outputs. */
export function interfaceDifferences(
  [nameA, a]: [string, Module],
  [nameB, b]: [string, Module],
): string[] {
  return [
    ...differences('variable', [nameA, a.variables], [nameB, b.variables]),
    ...differences('output', [nameA, described(a)], [nameB, described(b)]),
  ];
}

/** The compared fields of outputs; their values differ by provider. */
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
        `${kind} "${name}" is in ${has} only: add it to ${lacks}, because compositions must work with either.`,
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
        `${kind} "${name}" has a different ${field} in ${nameA} and ${nameB}: make them the same.`,
    );
  });
}
