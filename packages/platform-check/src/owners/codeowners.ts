import { PLATFORM_TERRAFORM_FILES } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import type { Layout } from '../Layout';
import type { Tenant } from '../tenants';

/** `ci/owners.yaml`: names of owners in the forge. */
export const ownersSchema = z.strictObject({
  forge: z.enum(['github', 'gitea']),
  organization: z.string().min(1),
  platformTeam: z.string().min(1),
});
export type Owners = z.infer<typeof ownersSchema>;

/** Formats CODEOWNERS from `tenants/`: teams own their workloads, and the platform team everything else. */
export function codeowners(
  owners: Owners,
  layout: Layout,
  tenants: Tenant[],
): string {
  const rules =
    owners.forge === 'github'
      ? githubRules(owners, layout, tenants)
      : giteaRules(owners, layout, tenants);
  return [
    `# Made by platform-check --write from ${layout.tenants}: every edit here is refused.`,
    ...rules.map(
      ({ pattern, team }) => `${pattern} @${owners.organization}/${team}`,
    ),
    '',
  ].join('\n');
}

interface Rule {
  pattern: string;
  team: string;
}

/** Formats rules for GitHub, with patterns like in .gitignore. The last match applies. */
function githubRules(
  { platformTeam }: Owners,
  layout: Layout,
  tenants: Tenant[],
): Rule[] {
  return [
    { pattern: '*', team: platformTeam },
    ...tenants.flatMap(({ team }) => [
      { pattern: `/${layout.workloads}/${team}/`, team },
      { pattern: `/${layout.teamRoots}/${team}/*/*.tf`, team },
    ]),
    ...PLATFORM_TERRAFORM_FILES.map(name => ({
      pattern: `/${layout.teamRoots}/*/*/${name}`,
      team: platformTeam,
    })),
  ];
}

/** Formats rules for Gitea, with regular expressions of whole paths. All matches apply, and `!` negates. */
function giteaRules(
  { platformTeam }: Owners,
  layout: Layout,
  tenants: Tenant[],
): Rule[] {
  const platformFiles = PLATFORM_TERRAFORM_FILES.map(name =>
    name.replace('.', '\\\\.'),
  ).join('|');
  const teams = tenants.map(({ team }) => team);
  const own = (team: string) => ({
    workloads: `${layout.workloads}/${team}/.*`,
    terraform: `${layout.teamRoots}/${team}/[^/]+/[^/]+\\\\.tf`,
  });
  const all = own(`(${teams.join('|')})`);
  return [
    { pattern: `!(${all.workloads}|${all.terraform})`, team: platformTeam },
    {
      pattern: `${layout.teamRoots}/[^/]+/[^/]+/(${platformFiles})`,
      team: platformTeam,
    },
    ...teams.flatMap(team =>
      Object.values(own(team)).map(pattern => ({ pattern, team })),
    ),
  ];
}
