import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useNarrow } from "../hooks/useMedia";
import { usePreference } from "../hooks/usePreference";
import { useRowKeys } from "../hooks/useRowKeys";
import { Cell, type Column, Header, type Sorting } from "./TableParts";

export type { Column, Sorting };

const ROWS = { comfortable: 36, compact: 28 };

type Props<Row> = {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  selected?: string | number;
  testid: string;
  onOpen: (row: Row) => void;
  onClose?: () => void;
  /** The last rows are in view: time to ask for more. */
  onEnd?: () => void;
  onScrolled?: (scrolled: boolean) => void;
  sorting?: Sorting | undefined;
};

/** A table of any length: only the rows in view exist. One row has the focus, and `useRowKeys` moves it. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  selected,
  testid,
  onOpen,
  onClose,
  onEnd,
  onScrolled,
  sorting,
}: Props<Row>) {
  const scroll = useRef<HTMLDivElement>(null);
  const [density] = usePreference("density");
  const height = ROWS[density];
  const beside = !useNarrow() && Boolean(selected);
  const shown = columns.filter(({ spare }) => !(beside && spare));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const keys = useRowKeys({
    scroll,
    rows: rows.length,
    rowHeight: height,
    reveal: (index) => virtual.scrollToIndex(index),
    open: (index) => rows.slice(index, index + 1).forEach(onOpen),
    close: () => onClose?.(),
  });
  const items = virtual.getVirtualItems();

  const lastInView = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastInView >= rows.length - 20) onEnd?.();
  }, [lastInView, rows.length, onEnd]);

  // A link may lead to a row far down.
  const linked = useRef(false);
  const at = selected ? rows.findIndex((row) => keyOf(row) === selected) : -1;
  useEffect(() => {
    if (!linked.current && at > 0) virtual.scrollToIndex(at, { align: "center" });
    linked.current = true;
  }, [at, virtual]);

  return (
    <div className="table" style={{ ["--tracks" as string]: shown.map(({ width }) => width).join(" ") }}>
      <div className="scroll" ref={scroll} onScroll={({ currentTarget }) => onScrolled?.(currentTarget.scrollTop > height)}>
        <div role="grid" aria-label={label} aria-rowcount={rows.length + 1}>
          <Header columns={shown} sorting={sorting} />
          {/* The rows have the focus; the keys they do not take themselves come up to here. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <div role="rowgroup" className="tbody" style={{ height: virtual.getTotalSize() }} onKeyDown={keys.onKeyDown}>
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
                  tabIndex={index === keys.focused ? 0 : -1}
                  data-index={index}
                  data-key={key}
                  data-testid={testid}
                  style={{ transform: `translateY(${start}px)` }}
                  onFocus={() => keys.setFocused(index)}
                  onClick={() => onOpen(row)}
                >
                  {shown.map(({ id, look = "", cell }) => (
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
