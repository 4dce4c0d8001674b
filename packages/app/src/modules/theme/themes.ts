import {
  createUnifiedTheme,
  defaultComponentThemes,
  defaultTypography,
  palettes,
  type UnifiedTheme,
} from '@backstage/theme';

const fontFamily = 'var(--bui-font-regular)';

function createTheme(
  palette: typeof palettes.light | typeof palettes.dark,
): UnifiedTheme {
  return createUnifiedTheme({
    palette,
    fontFamily,
    typography: {
      ...defaultTypography,
      fontFamily,
      h1: { ...defaultTypography.h1, fontSize: 32 },
      h2: { ...defaultTypography.h2, fontSize: 28 },
      h3: { ...defaultTypography.h3, fontSize: 24 },
      h4: { ...defaultTypography.h4, fontSize: 20 },
      h5: { ...defaultTypography.h5, fontSize: 18 },
      h6: { ...defaultTypography.h6, fontSize: 16 },
    },
    components: {
      // Break words only if they do not fit: names stay readable in narrow columns.
      MuiTableCell: {
        styleOverrides: {
          ...defaultComponentThemes?.MuiTableCell?.styleOverrides,
          root: {
            wordBreak: 'normal',
            overflowWrap: 'break-word',
            verticalAlign: 'middle',
            lineHeight: 1.3,
            padding: '12px 8px 12px 20px',
            borderBottom: 0,
          },
          sizeSmall: { padding: '8px 8px 8px 20px' },
        },
      },
      BackstageHeader: {
        styleOverrides: {
          header: {
            backgroundImage: 'none',
            boxShadow: 'none',
            paddingBottom: 0,
          },
          title: { color: 'var(--bui-fg-primary)' },
          subtitle: { color: 'var(--bui-fg-secondary)' },
          type: { color: 'var(--bui-fg-secondary)' },
          breadcrumb: { color: 'var(--bui-fg-secondary)' },
        },
      },
    },
  });
}

export const lightTheme = createTheme(palettes.light);
export const darkTheme = createTheme(palettes.dark);
