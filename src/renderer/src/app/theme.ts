import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** The one accent. Shade 6 carries white text in both themes; 7 is text on light grounds, 3 on dark ones. */
const accent: MantineColorsTuple = [
  '#eef0fd',
  '#dcdffa',
  '#b9c0f4',
  '#a2abf3',
  '#7d88ea',
  '#5f6be0',
  '#4f5bd0',
  '#434eb8',
  '#37409a',
  '#2b337c',
]
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#ececee',
  '#e0e0e3',
  '#c9c9ce',
  '#a3a3aa',
  '#75757d',
  '#5b5b63',
  '#3c3c43',
  '#232328',
]
const dark: MantineColorsTuple = [
  '#dedee2',
  '#c2c2c8',
  '#9f9fa8',
  '#62626b',
  '#3d3d44',
  '#303036',
  '#26262b',
  '#1c1c20',
  '#161619',
  '#101012',
]

/** Four type sizes (12, 14, 16, 20 px) and steps of 4 px. Text that is judged is `md`. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, gray, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.4', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Text: { defaultProps: { size: 'sm' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, attributes: { header: { role: 'none' } } },
      styles: { title: { fontWeight: 600, fontSize: '1rem' } },
    },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' }, styles: { label: { textTransform: 'none', fontWeight: 500 } } },
  },
})

/**
 * Colours beyond the palette, each with at least 4.5 : 1 on its ground: quiet text, lines, the mid-grey behind media, and the
 * verdicts (never the only sign: an icon and a word go with them).
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--header-height': '3rem' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#232328',
    '--mantine-color-dimmed': '#5f5f68',
    '--mantine-color-placeholder': '#6b6b74',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#d9d9dd',
    '--mantine-color-anchor': '#434eb8',
    '--surface': '#fafafa',
    '--line': '#e6e6e9',
    '--accent-text': '#434eb8',
    '--accent-ground': '#eef0fd',
    '--media-ground': '#808080',
    '--mark-ground': '#fbe7a1',
    '--added-ground': '#d5e8db',
    '--removed-ground': '#f5e0de',
    '--verdict-accepted': '#1a7f43',
    '--verdict-edited': '#1f5fb8',
    '--verdict-rejected': '#b42318',
    '--verdict-ignored': '#5f5f68',
    '--verdict-pending': '#8a5a00',
  },
  dark: {
    '--mantine-color-body': '#1c1c20',
    '--mantine-color-text': '#e4e4e8',
    '--mantine-color-dimmed': '#a5a5ae',
    '--mantine-color-placeholder': '#96969f',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-default-border': '#3d3d44',
    '--mantine-color-anchor': '#a2abf3',
    '--surface': '#212125',
    '--line': '#303036',
    '--accent-text': '#b9c0f4',
    '--accent-ground': '#2b2e4a',
    '--media-ground': '#5c5c5c',
    '--mark-ground': '#5c4a12',
    '--added-ground': '#24492f',
    '--removed-ground': '#4d2a2a',
    '--verdict-accepted': '#5fd08b',
    '--verdict-edited': '#84b6ff',
    '--verdict-rejected': '#ff8a80',
    '--verdict-ignored': '#a5a5ae',
    '--verdict-pending': '#e9b949',
  },
})
