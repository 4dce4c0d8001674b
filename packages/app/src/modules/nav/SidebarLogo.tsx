import { useSidebarOpenState } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { Link } from 'react-router-dom';
import { Logo } from './Logo';
import styles from './SidebarLogo.module.css';

/** Logo, with the product's name while the sidebar is open. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'ML Platform';
  return (
    <Link to="/" className={styles.link} aria-label={`${title}: home`}>
      <Logo className={styles.logo} />
      {isOpen && <span>{title}</span>}
    </Link>
  );
}
