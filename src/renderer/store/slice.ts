import type { StateCreator } from 'zustand/vanilla'

/** A part of the page's state: what it owns, and what it needs of its neighbours. */
export type Slice<Own, Needs = unknown> = StateCreator<Own & Needs, [], [], Own>
