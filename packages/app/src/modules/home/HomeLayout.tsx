import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { useUserProfile } from '@backstage/plugin-user-settings';
import { Container, Header } from '@backstage/ui';
import styles from './HomeLayout.module.css';

/** Home page: change requests, workloads of the user's teams, starred entities and catalog problems. Other widgets are not shown. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const { displayName } = useUserProfile();
  const widget = (name: string) =>
    widgets.find(candidate => candidate.name === name)?.component;
  return (
    <main className={styles.page}>
      <Header
        title={displayName ? `Hello, ${displayName}` : 'Hello'}
        description="Deploy models and follow them to production."
      />
      <Container>
        <div className={styles.grid}>
          <div className={styles.column}>
            {widget('HomePageMlPlatformChangeRequests')}
            {widget('HomePageMlPlatformMyWorkloads')}
          </div>
          <div className={styles.column}>
            {widget('HomePageStarredEntities')}
            {widget('HomePageMlPlatformCatalogProblems')}
          </div>
        </div>
      </Container>
    </main>
  );
}
