import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { useUserProfile } from '@backstage/plugin-user-settings';
import { Container, Header } from '@backstage/ui';
import styles from './HomeLayout.module.css';

/** A greeting, where to start, what my team runs, and what I starred. Other widgets stay out. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const { displayName } = useUserProfile();
  const widget = (name: string) =>
    widgets.find(candidate => candidate.name === name)?.component;
  return (
    <main className={styles.page}>
      <Header
        title={displayName ? `Hello, ${displayName}` : 'Hello'}
        description="Deploy models, follow them to production, see what they need."
      />
      <Container>
        <div className={styles.grid}>
          <div className={styles.column}>
            {widget('HomePageMlPlatformChangeRequests')}
            {widget('HomePageMlPlatformMyWorkloads')}
          </div>
          <div className={styles.column}>
            {widget('HomePageStarredEntities')}
          </div>
        </div>
      </Container>
    </main>
  );
}
