import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import type { ChangeLink } from './changeLinks';

/** Menu of the changes that one can request for an environment of a workload. */
export function ChangeMenu(props: {
  environment: string;
  links: ChangeLink[];
}) {
  return (
    <MenuTrigger>
      <ButtonIcon
        aria-label={`Change ${props.environment}`}
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
            color={id === 'remove' ? 'danger' : 'primary'}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
