import { useState } from "react";

/** A list of words that stays on this computer, such as the columns somebody chose. */
export function useStored(name: string): [string[], (words: string[]) => void] {
  const key = `scim-desk.${name}`;
  const [words, setWords] = useState(() => read(key));
  const keep = (next: string[]) => {
    localStorage.setItem(key, JSON.stringify(next));
    setWords(next);
  };
  return [words, keep];
}

/** What was stored by another version, or by hand, may be anything. */
function read(key: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
