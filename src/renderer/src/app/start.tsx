import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './tokens.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Client } from '@shared/rpc/client'
import { connect } from '../rpc/connection'
import { AppContainer } from './app-container'
import { cssVariables, theme } from './theme'

const schemes = localStorageColorSchemeManager({ key: 'zarrscope.scheme' })

/** Puts the window on the page and connects it to its host. */
export function start(root: HTMLElement, openClient: () => Promise<Client>): void {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={schemes}
      >
        <AppContainer />
      </MantineProvider>
    </StrictMode>,
  )
  void connect(openClient)
}
