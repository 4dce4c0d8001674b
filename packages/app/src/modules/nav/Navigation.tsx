import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import {
  Settings,
  UserSettingsSignInAvatar,
} from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { Fragment } from 'react';
import { useLocation } from 'react-router-dom';
import { SidebarLogo } from './SidebarLogo';

const PLATFORM_PAGES = [
  'page:ml-platform/requests',
  'page:ml-platform',
  'page:ml-platform/security',
  'page:ml-platform/cost',
];

/** Its path is the start of the paths of other pages, which must not mark it as the current one, too. */
const PLATFORM = '/ml-platform';
const BELOW_PLATFORM = /^\/ml-platform\/(requests|security|cost)(\/|$)/;

/** Sidebar with home, catalog, create and the pages of the platform first; pages of other plugins follow by title. */
export function Navigation({ navItems }: NavContentComponentProps) {
  const items = navItems.withComponent(NavigationItem);
  // Placed below, or reached from an entity page.
  items.take('page:search');
  items.take('page:notifications');
  items.take('page:user-settings');
  items.take('page:catalog-graph');
  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {items.take('page:home')}
        {items.take('page:catalog')}
        {items.take('page:scaffolder')}
        {PLATFORM_PAGES.map(id => (
          <Fragment key={id}>{items.take(id)}</Fragment>
        ))}
        <SidebarDivider />
        <SidebarScrollWrapper>
          {items.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        <Settings />
      </SidebarGroup>
    </Sidebar>
  );
}

function NavigationItem({ href, icon, title }: NavContentNavItem) {
  const { pathname } = useLocation();
  return (
    <SidebarItem
      to={href}
      icon={() => icon}
      text={title}
      end={href === PLATFORM && BELOW_PLATFORM.test(pathname)}
    />
  );
}
