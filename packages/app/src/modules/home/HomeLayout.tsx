import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { useUserProfile } from '@backstage/plugin-user-settings';
import { Container, Header } from '@backstage/ui';
import styles from './HomeLayout.module.css';

/** Home page: what needs the user first, then teams, requests and runs. Other widgets are not shown. */
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
            {widget('HomePageMlPlatformNeedsYou')}
            {widget('HomePageMlPlatformMyTeams')}
            {widget('HomePageMlPlatformMyRequests')}
          </div>
          <div className={styles.column}>
            {widget('HomePageMlPlatformChangeRequests')}
            {widget('HomePageMlPlatformRuns')}
            {widget('HomePageStarredEntities')}
            {widget('HomePageMlPlatformCatalogProblems')}
          </div>
        </div>
      </Container>
    </main>
  );
}
