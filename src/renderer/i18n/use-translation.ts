import { createContext, useContext } from 'react'
import { type Translation, translation } from './index.ts'

const Chosen = createContext<Translation | null>(null)

/** Draws the page again when its language changes. */
export const TranslationProvider = Chosen.Provider

/** What the components say their words with. */
export const useTranslation = (): Translation => useContext(Chosen) ?? translation()
