import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import type { ChangeLink, RunLink } from './changeLinks';

const DESTRUCTIVE: Array<(ChangeLink | RunLink)['id']> = [
  'cancel',
  'decommission',
  'remove',
];

/** Menu of the changes that one can request for an environment, or a run, of a workload. */
export function ChangeMenu(props: {
  /** Name of the environment or run. */
  subject: string;
  links: Array<ChangeLink | RunLink>;
}) {
  return (
    <MenuTrigger>
      <ButtonIcon
        aria-label={`Change ${props.subject}`}
        icon={<RiMore2Line />}
        size="small"
        variant="secondary"
      />
      <Menu placement="bottom end">
        {props.links.map(({ id, label, href }) => (
          <MenuItem
            key={id}
            id={id}
            href={href}
            color={DESTRUCTIVE.includes(id) ? 'danger' : 'primary'}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
