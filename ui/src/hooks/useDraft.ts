import { useCallback, useMemo, useState } from "react";

export type Draft<T> = {
  /** What was saved, with the edits on top. */
  value: T | undefined;
  /** The keys that differ from what was saved, in the order in which they were edited. */
  dirty: (keyof T)[];
  edit: (edits: Partial<T>) => void;
  discard: () => void;
};

/** A saved value and somebody's edits to it. An edit back to the saved value is no edit. */
export function useDraft<T extends object>(saved: T | undefined): Draft<T> {
  const [edits, setEdits] = useState<Partial<T>>({});

  const edit = useCallback((more: Partial<T>) => setEdits((before) => ({ ...before, ...more })), []);
  const discard = useCallback(() => setEdits({}), []);

  return useMemo(() => {
    const edited = Object.keys(edits) as (keyof T)[];
    return {
      value: saved && { ...saved, ...edits },
      dirty: saved ? edited.filter((key) => edits[key] !== saved[key]) : [],
      edit,
      discard,
    };
  }, [saved, edits, edit, discard]);
}
