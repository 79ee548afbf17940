import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { seen } from './plain.tsx';

const RegistryTitle = createContext('');

/** Provides the title of the registry to components below. */
export const TitleProvider = RegistryTitle.Provider;

/** Sets the document title: the view and the registry. */
export function useTitle(shown: string): void {
  const registry = useContext(RegistryTitle);
  useEffect(() => {
    document.title = seen(shown === '' ? registry : `${shown} · ${registry}`);
  }, [shown, registry]);
}
