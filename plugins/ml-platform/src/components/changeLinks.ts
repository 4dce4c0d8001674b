import { parseEntityRef } from '@backstage/catalog-model';
import type {
  WorkloadAnswers,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../api/MlPlatformClient';

/** Templates for changes that need no answers. */
const SET_IMAGE = 'template:default/set-image';
const PROMOTE = 'template:default/promote';
const ROLL_BACK = 'template:default/roll-back';
const TRAINING_RUN = 'template:default/training-run';
const DECOMMISSION = 'template:default/decommission';
const CANCEL_RUN = 'template:default/cancel-run';

/** Link to a form that changes a workload in one environment. */
export interface ChangeLink {
  id:
    | 'edit'
    | 'upgrade'
    | 'set-image'
    | 'promote'
    | 'roll-back'
    | 'remove'
    | 'decommission';
  label: string;
  href: string;
}

/** Link to a form that runs a run again, or cancels it. */
export interface RunLink {
  id: 'run' | 'cancel';
  label: string;
  href: string;
}

/**
 * Links to the forms that change a workload in an environment, with the values that are in use.
 *
 * @returns an empty list for an environment that is not in the platform repository.
 */
export function changeLinks(options: {
  target: WorkloadTarget;
  environment: string;
  /** All environments of the platform, in order of promotion. */
  environments: Pick<WorkloadEnvironment, 'environment' | 'image'>[];
  answers: WorkloadAnswers;
}): ChangeLink[] {
  const { target, environment, environments, answers } = options;
  if (!answers.environments.includes(environment)) {
    return [];
  }
  const names = namesOf(target);
  const index = environments.findIndex(row => row.environment === environment);
  const next = environments[index + 1]?.environment;
  const made = answers.items.find(item => item.environment === environment);
  const templateLink = (mode: 'edit' | 'upgrade' | 'remove') =>
    made &&
    formHref(made.template, {
      ...made.values,
      ...names,
      mode,
      environment,
      basedOn: answers.commit,
    });

  const links: Array<Omit<ChangeLink, 'href'> & { href?: string }> = [
    { id: 'edit', label: 'Edit', href: templateLink('edit') },
    {
      id: 'upgrade',
      label: 'Upgrade to the newest template',
      href: made?.isBehind ? templateLink('upgrade') : undefined,
    },
    {
      id: 'set-image',
      label: 'Set image',
      href: formHref(SET_IMAGE, {
        ...names,
        environment,
        image: environments[index]?.image,
      }),
    },
    {
      id: 'promote',
      label: `Promote to ${next}`,
      href: next
        ? formHref(PROMOTE, {
            ...names,
            from: environment,
            environment: next,
          })
        : undefined,
    },
    {
      id: 'roll-back',
      label: 'Roll back',
      href: formHref(ROLL_BACK, { ...names, environment }),
    },
    {
      id: 'remove',
      label: `Remove from ${environment}`,
      href: templateLink('remove'),
    },
    {
      id: 'decommission',
      label: 'Decommission…',
      href: formHref(DECOMMISSION, { ...names, mode: 'remove' }),
    },
  ];
  return links.flatMap(({ href, ...link }) =>
    href === undefined ? [] : [{ ...link, href }],
  );
}

/**
 * Link to the form of a new run, with the values that the training job has in its first environment.
 *
 * @returns undefined for a workload that never had a run.
 */
export function newRunLink(
  target: WorkloadTarget,
  answers: WorkloadAnswers,
): string | undefined {
  const [made] = answers.items;
  return made && answers.nextRun
    ? formHref(TRAINING_RUN, {
        ...made.values,
        ...namesOf(target),
        environment: made.environment,
        run: answers.nextRun,
      })
    : undefined;
}

/** Links to the forms that run a run again, with its values, and that cancel it. */
export function runLinks(options: {
  target: WorkloadTarget;
  answers: WorkloadAnswers;
  environment: string;
  run: string;
  hasEnded: boolean;
}): RunLink[] {
  const { target, answers, environment, run, hasEnded } = options;
  const made = answers.runs.find(
    one => one.environment === environment && one.run === run,
  );
  if (!made) {
    return [];
  }
  const about = { ...namesOf(target), environment };
  const again = formHref(TRAINING_RUN, {
    ...made.values,
    ...about,
    run: answers.nextRun,
  });
  const cancel = formHref(CANCEL_RUN, { ...about, run });
  return [
    ...(again
      ? [{ id: 'run' as const, label: 'Run again with changes…', href: again }]
      : []),
    ...(cancel && !hasEnded
      ? [{ id: 'cancel' as const, label: 'Cancel…', href: cancel }]
      : []),
  ];
}

function namesOf({ team, workload }: WorkloadTarget) {
  return { team, name: workload };
}

/** Link to the form that sets the image of a workload in an environment, with the one that is in use. */
export function setImageHref(values: {
  team: string;
  workload: string;
  environment: string;
  image: string;
}): string | undefined {
  const { workload, ...rest } = values;
  return formHref(SET_IMAGE, { ...rest, name: workload });
}

/** @returns undefined for a reference that names no template: teams can write the files with the answers. */
function formHref(
  templateRef: string,
  values: Record<string, unknown>,
): string | undefined {
  const template = parseTemplateRef(templateRef);
  return (
    template &&
    `/create/templates/${template}?formData=${encodeURIComponent(
      JSON.stringify(values),
    )}`
  );
}

function parseTemplateRef(ref: string): string | undefined {
  try {
    const { kind, namespace, name } = parseEntityRef(ref);
    return kind.toLocaleLowerCase('en-US') === 'template'
      ? [namespace, name].map(encodeURIComponent).join('/')
      : undefined;
  } catch {
    return undefined;
  }
}
