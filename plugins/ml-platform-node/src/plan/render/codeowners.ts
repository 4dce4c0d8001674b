import {
  PLATFORM_TERRAFORM_FILES,
  TEAM_ROOTS_DIRECTORY,
  WORKLOADS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';
import type { Plan } from '../readPlan';
import { atRoot } from './argocd';
import { rendered } from './rendered';

/** CODEOWNERS: teams own their workloads, and the platform team everything else. */
export function codeowners(plan: Plan): string {
  const rules =
    plan.forge.type === 'github' ? githubRules(plan) : giteaRules(plan);
  return rendered(
    rules
      .map(
        ({ pattern, group }) => `${pattern} @${plan.organization}/${group}\n`,
      )
      .join(''),
  );
}

interface Rule {
  pattern: string;
  group: string;
}

/** Formats rules for GitHub, with patterns like in .gitignore. The last match applies. */
function githubRules(plan: Plan): Rule[] {
  const { workloads, teamRoots, platformTeam } = ownedDirectories(plan);
  return [
    { pattern: '*', group: platformTeam },
    ...plan.tenants.flatMap(({ name, group }) => [
      { pattern: `/${workloads}/${name}/`, group },
      { pattern: `/${teamRoots}/${name}/*/*.tf`, group },
    ]),
    ...PLATFORM_TERRAFORM_FILES.map(name => ({
      pattern: `/${teamRoots}/*/*/${name}`,
      group: platformTeam,
    })),
  ];
}

function ownedDirectories(plan: Plan) {
  return {
    workloads: atRoot(plan, WORKLOADS_DIRECTORY),
    teamRoots: atRoot(plan, TEAM_ROOTS_DIRECTORY),
    platformTeam: plan.forge.platformTeam,
  };
}

/** Formats rules for Gitea, with regular expressions of whole paths. All matches apply, and `!` negates. */
function giteaRules(plan: Plan): Rule[] {
  const { workloads, teamRoots, platformTeam } = ownedDirectories(plan);
  const platformFiles = PLATFORM_TERRAFORM_FILES.map(name =>
    name.replace('.', '\\\\.'),
  ).join('|');
  const own = (team: string) => ({
    workloads: `${workloads}/${team}/.*`,
    terraform: `${teamRoots}/${team}/[^/]+/[^/]+\\\\.tf`,
  });
  const all = own(`(${plan.tenants.map(({ name }) => name).join('|')})`);
  return [
    { pattern: `!(${all.workloads}|${all.terraform})`, group: platformTeam },
    {
      pattern: `${teamRoots}/[^/]+/[^/]+/(${platformFiles})`,
      group: platformTeam,
    },
    ...plan.tenants.flatMap(({ name, group }) =>
      Object.values(own(name)).map(pattern => ({ pattern, group })),
    ),
  ];
}
