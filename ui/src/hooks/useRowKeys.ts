import { type KeyboardEvent, type RefObject, useState } from "react";

type Table = {
  scroll: RefObject<HTMLElement | null>;
  rows: number;
  rowHeight: number;
  reveal: (index: number) => void;
  open: (index: number) => void;
  close: () => void;
};

/** Arrows, Home, End and the page keys move between rows; Enter opens one, Escape closes its details. */
export function useRowKeys({ scroll, rows, rowHeight, reveal, open, close }: Table) {
  const [wanted, setFocused] = useState(0);
  const focused = Math.min(wanted, rows - 1);

  const focus = (index: number) => {
    const next = Math.max(0, Math.min(rows - 1, index));
    setFocused(next);
    reveal(next);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 2);
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(focused + 1),
      ArrowUp: () => focus(focused - 1),
      PageDown: () => focus(focused + page),
      PageUp: () => focus(focused - page),
      Home: () => focus(0),
      End: () => focus(rows - 1),
      Enter: () => open(focused),
      Escape: close,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  return { focused, setFocused, onKeyDown };
}
