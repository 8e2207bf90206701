import { useVirtualizer } from "@tanstack/react-virtual";
import { useNarrow } from "../hooks/useMedia";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

const ROW = 36;

export type Column<Row> = {
  id: string;
  title: string;
  /** A grid track, such as `120px` or `minmax(0, 2fr)`. */
  width: string;
  /** `number` is right-aligned; `soft` is quieter. */
  look?: "number" | "soft" | "mono";
  /** Gives way while the details stand beside the table. */
  spare?: boolean;
  cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  selected?: string | number | undefined;
  testid: string;
  onOpen: (row: Row) => void;
  onClose?: () => void;
  /** The last rows are in view: time to ask for more. */
  onEnd?: () => void;
  onScrolled?: (scrolled: boolean) => void;
};

/** A table of any length: only the rows in view exist. Arrows, Home, End and the page keys move; Enter opens. */
export function DataTable<Row>({
  label,
  columns: all,
  rows,
  keyOf,
  selected,
  testid,
  onOpen,
  onClose,
  onEnd,
  onScrolled,
}: Props<Row>) {
  const beside = useNarrow() === false && Boolean(selected);
  const columns = all.filter(({ spare }) => !(beside && spare));
  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastInView = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastInView >= rows.length - 20) onEnd?.();
  }, [lastInView, rows.length, onEnd]);

  const focus = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setFocused(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? ROW) / ROW) - 2);
    const row = rows[focused];
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(focused + 1),
      ArrowUp: () => focus(focused - 1),
      PageDown: () => focus(focused + page),
      PageUp: () => focus(focused - page),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      Enter: () => row && onOpen(row),
      Escape: () => onClose?.(),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  return (
    <div className="table" style={{ ["--tracks" as string]: columns.map(({ width }) => width).join(" ") }}>
      <div className="scroll" ref={scroll} onScroll={({ currentTarget }) => onScrolled?.(currentTarget.scrollTop > ROW)}>
        <div role="grid" aria-label={label} aria-rowcount={rows.length + 1}>
          <div role="rowgroup" className="thead">
            <div role="row" aria-rowindex={1} className="tr">
              {columns.map(({ id, title, look = "" }) => (
                <div key={id} role="columnheader" className={`td ${look === "number" ? look : ""}`}>
                  {title}
                </div>
              ))}
            </div>
          </div>
          {/* The rows have the focus; the keys they do not take themselves come up to here. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <div role="rowgroup" className="tbody" style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
            {items.map(({ index, start }) => {
              const row = rows[index] as Row;
              const key = keyOf(row);
              return (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={key}
                  role="row"
                  className="tr"
                  aria-rowindex={index + 2}
                  aria-selected={key === selected}
                  tabIndex={index === Math.min(focused, rows.length - 1) ? 0 : -1}
                  data-index={index}
                  data-testid={testid}
                  data-key={key}
                  style={{ transform: `translateY(${start}px)` }}
                  onFocus={() => setFocused(index)}
                  onClick={() => onOpen(row)}
                >
                  {columns.map(({ id, look = "", cell }) => (
                    <Cell key={id} look={look} content={cell(row)} />
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** One cell; what does not fit is in its tooltip. */
function Cell({ look, content }: { look: string; content: ReactNode }) {
  return (
    <div role="gridcell" className={`td ${look}`} title={typeof content === "string" ? content : undefined}>
      {content}
    </div>
  );
}
