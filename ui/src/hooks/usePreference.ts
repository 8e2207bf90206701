// What the window alone remembers, on this computer: one word each.

import { useCallback, useSyncExternalStore } from "react";

/** Every such preference with its words; the first is the usual one. */
export const PREFERENCES = {
  theme: ["system", "light", "dark", "contrast"],
  density: ["comfortable", "compact"],
  /** Seconds after which a copied token leaves the clipboard; 0 leaves it there. */
  clipboard: ["60", "20", "0"],
  singleKeys: ["off", "on"],
  /** Whether the welcome still opens by itself. */
  welcome: ["offered", "left"],
} as const;

export type PreferenceName = keyof typeof PREFERENCES;
export type Preference<N extends PreferenceName> = (typeof PREFERENCES)[N][number];

const keyOf = (name: PreferenceName) => `scim-desk.${name}`;
const listeners = new Set<() => void>();

/** The word in force. What another version stored may be no word at all. */
export function preference<N extends PreferenceName>(name: N): Preference<N> {
  const words: readonly Preference<N>[] = PREFERENCES[name];
  const stored = localStorage.getItem(keyOf(name));
  return words.find((word) => word === stored) ?? (words[0] as Preference<N>);
}

export function setPreference<N extends PreferenceName>(name: N, word: Preference<N>): void {
  localStorage.setItem(keyOf(name), word);
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreference<N extends PreferenceName>(name: N): [Preference<N>, (word: Preference<N>) => void] {
  const word = useSyncExternalStore(subscribe, () => preference(name));
  return [word, useCallback((next: Preference<N>) => setPreference(name, next), [name])];
}
