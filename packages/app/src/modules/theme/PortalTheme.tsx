import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { UnifiedThemeProvider } from '@backstage/theme';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { darkTheme, lightTheme } from './themes';

/**
 * Provider of both the light and the dark theme. With one component per theme, React would remount the app when the theme
 * changes, and a half-filled form would be lost.
 */
export function PortalTheme({ children }: { children?: ReactNode }) {
  const themes = useApi(appThemeApiRef);
  const chosen = useSyncExternalStore(
    useCallback(
      listener => {
        const subscription = themes.activeThemeId$().subscribe(listener);
        return () => subscription.unsubscribe();
      },
      [themes],
    ),
    () => themes.getActiveThemeId(),
  );
  const systemIsDark = useSyncExternalStore(onSchemeChange, isSchemeDark);
  const isDark = chosen ? chosen === 'dark' : systemIsDark;
  return (
    <UnifiedThemeProvider theme={isDark ? darkTheme : lightTheme}>
      {children}
    </UnifiedThemeProvider>
  );
}

function onSchemeChange(listener: () => void): () => void {
  const scheme = darkScheme();
  scheme?.addEventListener('change', listener);
  return () => scheme?.removeEventListener('change', listener);
}

function isSchemeDark(): boolean {
  return darkScheme()?.matches ?? false;
}

/** Undefined in browsers without colour schemes. */
function darkScheme(): MediaQueryList | undefined {
  return window.matchMedia?.('(prefers-color-scheme: dark)');
}
