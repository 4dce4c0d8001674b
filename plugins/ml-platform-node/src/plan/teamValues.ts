import type { TenantFile } from './planSchema';

/** Values of a form that asks for a team, by the names that golden paths use. */
export function teamValues(tenant: TenantFile) {
  const { name, group = name, title, description, environments } = tenant;
  const { cpu, ...queue } = tenant.queue;
  return {
    team: name,
    group,
    title,
    description,
    environments,
    ...queue,
    cpu: Number.isInteger(Number(cpu)) ? Number(cpu) : cpu,
  };
}
