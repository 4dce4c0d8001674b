import { appThemeApiRef, useApi } from '@backstage/frontend-plugin-api';
import { UnifiedThemeProvider } from '@backstage/theme';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { darkTheme, lightTheme } from './themes';

/**
 * The theme in use, for both of its variants: a component of its own for each would make React build the whole app anew
 * when the theme changes, and a half-filled form would be lost at sunset.
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

/** Undefined where the browser knows no schemes. */
function darkScheme(): MediaQueryList | undefined {
  return window.matchMedia?.('(prefers-color-scheme: dark)');
}
