import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** The only accent colour. Shade 6 is the background of white text in both themes; 7 is for text on light backgrounds, 3 on dark ones. */
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

/** Mantine sets descriptions two pixels smaller than their field, which would be a sixth type size. */
const quietText = { fontSize: 'var(--mantine-font-size-xs)' }

/** Mantine theme: five type sizes (12, 13, 15, 17, 22 px), spacing in steps of 4 px, one radius. Text to be judged is `md` or `lg`. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, gray, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.375rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.6', lg: '1.4', xl: '1.3' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.5' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.45' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Text: { defaultProps: { size: 'sm' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] }, styles: { description: quietText } },
    Radio: { styles: { description: quietText } },
    Checkbox: { styles: { description: quietText } },
    Switch: { styles: { description: quietText } },
    Button: { defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 500 } } },
    SegmentedControl: { styles: { root: { backgroundColor: 'var(--raised)' }, indicator: { backgroundColor: 'var(--chosen-ground)' } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, attributes: { header: { role: 'none' } } },
      styles: { title: { fontWeight: 600, fontSize: '0.9375rem' } },
    },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { label: { textTransform: 'none', fontWeight: 500, fontSize: '0.6875rem' } },
    },
  },
})

/**
 * Colours in addition to the palette, each with a contrast of at least 4.5 : 1: secondary text, lines, the surround of media, and the
 * verdicts, which always have an icon and a word as well.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--rail-width': '4rem', '--toolbar-height': '2.75rem' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1a1a20',
    '--mantine-color-dimmed': '#5d5d69',
    '--mantine-color-placeholder': '#6b6b76',
    '--mantine-color-error': '#b42318',
    '--mantine-color-red-filled': '#b42318',
    '--mantine-color-red-filled-hover': '#991d14',
    '--mantine-color-default-border': '#d6d6dd',
    '--mantine-color-anchor': '#434eb8',
    '--ground': '#f7f7f9',
    '--surface': '#fafafb',
    '--raised': '#f1f1f4',
    '--chosen-ground': '#ffffff',
    '--line': '#e4e4ea',
    '--accent-text': '#434eb8',
    '--accent-ground': '#ebecff',
    '--surround': '#c9c9cd',
    '--surround-ink': '#1a1a20',
    '--mark-ground': '#fbe7a1',
    '--added-ground': '#d5e8db',
    '--removed-ground': '#f5e0de',
    '--verdict-accepted': '#1a7f43',
    '--verdict-edited': '#1f5fb8',
    '--verdict-rejected': '#b42318',
    '--verdict-ignored': '#5d5d69',
    '--verdict-pending': '#8a5a00',
  },
  dark: {
    '--mantine-color-body': '#18181c',
    '--mantine-color-text': '#ededf2',
    '--mantine-color-dimmed': '#a2a2af',
    '--mantine-color-placeholder': '#92929e',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-red-filled': '#c0362b',
    '--mantine-color-red-filled-hover': '#a92d23',
    '--mantine-color-default-border': '#3a3a43',
    '--mantine-color-anchor': '#a2abf3',
    '--ground': '#131316',
    '--mantine-color-gray-light': '#303038',
    '--mantine-color-gray-light-hover': '#3a3a43',
    '--mantine-color-gray-light-color': '#dcdce4',
    '--surface': '#1c1c21',
    '--raised': '#232329',
    '--chosen-ground': '#3f3f49',
    '--line': '#2a2a31',
    '--accent-text': '#b9c0f4',
    '--accent-ground': '#2a2c52',
    '--surround': '#3a3a3d',
    '--surround-ink': '#ededf2',
    '--mark-ground': '#5c4a12',
    '--added-ground': '#24492f',
    '--removed-ground': '#4d2a2a',
    '--verdict-accepted': '#5fc98b',
    '--verdict-edited': '#7fb0ff',
    '--verdict-rejected': '#ff8a80',
    '--verdict-ignored': '#a2a2af',
    '--verdict-pending': '#e9b949',
  },
})
