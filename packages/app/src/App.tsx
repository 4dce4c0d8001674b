import { createApp } from '@backstage/frontend-defaults';
import { authModule } from './modules/auth';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { themeModule } from './modules/theme';

export default createApp({
  features: [authModule, homeModule, navModule, themeModule],
});
