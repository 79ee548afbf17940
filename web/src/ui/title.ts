import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { seen } from './plain.tsx';

const RegistryTitle = createContext('');

/** Gives the title of the registry to what is below it. */
export const TitleProvider = RegistryTitle.Provider;

/** Names the page in the browser's tabs and history: what is shown, and whose it is. */
export function useTitle(shown: string): void {
  const registry = useContext(RegistryTitle);
  useEffect(() => {
    document.title = seen(shown === '' ? registry : `${shown} · ${registry}`);
  }, [shown, registry]);
}
