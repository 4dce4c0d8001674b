import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import './contrast.css';
import { PortalTheme } from './PortalTheme';

const light = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: PortalTheme,
    },
  },
});

const dark = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: PortalTheme,
    },
  },
});

/** Themes that give pages of older plugins the fonts and colours of Backstage UI. */
export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [light, dark],
});
