import { isDeepStrictEqual } from 'node:util';
import type { Violation } from '../Violation';
import { immutable, immutableStruct, isSame } from './immutableFields';
import { invalid } from './errors';
import { Field } from './Field';

export function jobChange(before: Field, after: Field): Violation[] {
  const [old, now] = [before.at('spec'), after.at('spec')];
  return [
    ...completionsChange(old, now),
    ...templateChange(old, now),
    ...['completionMode', 'managedBy', 'backoffLimitPerIndex']
      .filter(
        name =>
          !isSame(
            old.at(name).or(name === 'completionMode' ? 'NonIndexed' : null),
            now.at(name).or(name === 'completionMode' ? 'NonIndexed' : null),
          ),
      )
      .map(name => immutable(now.at(name))),
    ...['podFailurePolicy', 'successPolicy']
      .filter(name => !isSame(old.at(name), now.at(name)))
      .map(name =>
        immutableStruct(
          now.at(name),
          `${name} of a Job cannot change. Start a new Job with another name.`,
        ),
      ),
  ];
}

function completionsChange(old: Field, now: Field): Violation[] {
  const before = old.at('parallelism').isSet
    ? old.at('completions')
    : old.at('completions').or(1);
  // What a manifest has never set stays as the API server set it.
  const after = old.at('completions').isSet
    ? now.at('completions')
    : now.at('completions').or(before.value);
  if (isSame(before, after)) {
    return [];
  }
  const isIndexed = now.at('completionMode').text === 'Indexed';
  if (!isIndexed) {
    return [immutable(now.at('completions'))];
  }
  return now.at('parallelism').value === now.at('completions').value
    ? []
    : [
        invalid(
          now.at('completions'),
          'can only be modified in tandem with spec.parallelism',
          {
            code: 'immutable-field',
            advice:
              'completions can change only together with parallelism, to the same number.',
          },
        ),
      ];
}

/** Fields of the pods of a suspended Job that may still change, because they decide only where it runs. */
const SCHEDULING = ['nodeSelector', 'tolerations', 'schedulingGates'];

function templateChange(old: Field, now: Field): Violation[] {
  const [one, other] = [old.at('template'), now.at('template')];
  if (isSame(one, other)) {
    return [];
  }
  const advice =
    'the pods of a Job cannot change. Start a new Job with another name.';
  if (!old.at('suspend').isTrue) {
    return [immutableStruct(other, advice)];
  }
  return isDeepStrictEqual(withoutScheduling(one), withoutScheduling(other))
    ? []
    : [immutableStruct(other.at('spec'), advice)];
}

function withoutScheduling(template: Field): unknown {
  const withoutResources = (list: Field) =>
    list.items.map(container => ({
      ...Object.fromEntries(
        container.entries.map(([name, field]) => [name, field.value]),
      ),
      resources: undefined,
    }));
  const spec = template.at('spec');
  return {
    ...Object.fromEntries(
      spec.entries
        .filter(([name]) => !SCHEDULING.includes(name))
        .map(([name, field]) => [name, field.value]),
    ),
    affinity: {
      podAffinity: spec.at('affinity', 'podAffinity').value,
      podAntiAffinity: spec.at('affinity', 'podAntiAffinity').value,
    },
    containers: withoutResources(spec.at('containers')),
    initContainers: withoutResources(spec.at('initContainers')),
  };
}
