import {
  ActionIcon,
  Button,
  createTheme,
  type CSSVariablesResolver,
  Loader,
  Menu,
  Modal,
  Notification,
  NumberInput,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

/** What stands beside a field: by itself it would be smaller than can be read. */
const WORDS = { description: { fontSize: 12 }, error: { fontSize: 12, lineHeight: 1.35 } }

/** Small sizes everywhere, one accent colour, greys with a trace of blue in both schemes. */
export const theme = createTheme({
  primaryColor: 'indigo',
  // White on it holds 4.5:1, and it holds 3:1 on both backgrounds.
  primaryShade: 7,
  defaultRadius: 4,
  cursorType: 'default',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: { fontWeight: '600' },
  colors: {
    // As Mantine has it, but that white can be read on the shades that are filled.
    red: [
      '#fff5f5',
      '#ffe3e3',
      '#ffc9c9',
      '#ffa8a8',
      '#ff8787',
      '#ff6b6b',
      '#fa5252',
      '#c92a2a',
      '#b52525',
      '#a02020',
    ],
    dark: [
      '#e3e5e9',
      '#c0c4cc',
      '#9ba2ad',
      '#7d8490',
      '#43484f',
      '#35393f',
      '#2a2d32',
      '#1f2124',
      '#191b1d',
      '#131416',
    ],
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 'sm', variant: 'subtle' } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Loader: Loader.extend({ defaultProps: { type: 'oval' } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', transitionProps: { duration: 0 } },
      styles: {
        item: { padding: '4px 10px', fontSize: 13 },
        label: { padding: '4px 10px 2px', fontSize: 11 },
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 80 },
        padding: 'md',
        radius: 6,
        closeButtonProps: { 'aria-label': 'Close', title: 'Close (Esc)' },
      },
      // Names of nodes and files may be longer than any dialog is wide.
      styles: {
        title: { overflowWrap: 'anywhere', minWidth: 0, lineHeight: 1.4 },
        body: { overflowWrap: 'anywhere' },
      },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss', title: 'Dismiss' } },
      styles: { description: { color: 'var(--zs-dim)' } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' }, styles: WORDS }),
    Select: Select.extend({ defaultProps: { size: 'xs' }, styles: WORDS }),
    Textarea: Textarea.extend({ styles: WORDS }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' }, styles: WORDS }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } }),
  },
})

/** The quieter dimmed text of Mantine misses AA on panels; ours holds 4.5:1 on every surface used. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59616c',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#c92a2a',
  },
  dark: {
    '--mantine-color-dimmed': '#9ba2ad',
    '--mantine-color-placeholder': '#8d949f',
    '--mantine-color-error': '#ff8787',
  },
})
