import { createApp } from '@backstage/frontend-defaults';
import { apiDocsModule } from './modules/apiDocs';
import { authModule } from './modules/auth';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { themeModule } from './modules/theme';

export default createApp({
  features: [apiDocsModule, authModule, homeModule, navModule, themeModule],
});
