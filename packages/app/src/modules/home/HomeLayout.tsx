import { Content, Header, Page } from '@backstage/core-components';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { useUserProfile } from '@backstage/plugin-user-settings';
import styles from './HomeLayout.module.css';

/** A greeting, where to start, what my team runs, and what I starred. Other widgets stay out. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const { displayName } = useUserProfile();
  const widget = (name: string) =>
    widgets.find(candidate => candidate.name === name)?.component;
  return (
    <Page themeId="home">
      <Header
        title={displayName ? `Hello, ${displayName}` : 'Hello'}
        subtitle="Deploy models, follow them to production, see what they need."
        pageTitleOverride="Home"
      />
      <Content>
        <div className={styles.grid}>
          <div className={styles.column}>
            {widget('HomePageMlPlatformRequests')}
            {widget('HomePageMlPlatformMyWorkloads')}
          </div>
          <div className={styles.column}>
            {widget('HomePageStarredEntities')}
          </div>
        </div>
      </Content>
    </Page>
  );
}
