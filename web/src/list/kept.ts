import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { KeptLists } from './pages.ts';

const Kept = createContext<KeptLists>(new Map());

/** Provides the kept lists to components below. */
export const KeptProvider = Kept.Provider;

/** The lists that are kept for as long as the page is open. */
export function useKept(): KeptLists {
  return useContext(Kept);
}
