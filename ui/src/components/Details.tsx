import { Button, OverlayDrawer, Tab, TabList } from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useNarrow } from "../hooks/useMedia";
import { testids } from "../testids";
import { text } from "../text";

/** Beside the table where there is room for it, over the page where there is not. Escape closes it. */
export function Pane({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const narrow = useNarrow();
  const close = () => {
    const row = document.querySelector<HTMLElement>('[role="row"][aria-selected="true"]');
    onClose();
    requestAnimationFrame(() => row?.focus());
  };
  if (narrow) {
    return (
      <OverlayDrawer
        className="drawer"
        open
        position="end"
        aria-label={text.common.details}
        onOpenChange={(_, { open }) => open || close()}
      >
        {children}
      </OverlayDrawer>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    close();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape from anywhere inside
    <aside className="pane" aria-label={text.common.details} onKeyDown={onKeyDown}>
      {children}
    </aside>
  );
}

export type DetailTab = { id: string; title: string; body: ReactNode };

type Props = { title: ReactNode; meta?: ReactNode; tabs: DetailTab[]; first?: string; onClose: () => void };

/** What is in a pane: a title, a line under it, and tabs. */
export function Details({ title, meta, tabs, first, onClose }: Props) {
  const [chosen, setChosen] = useState(first);
  const tab = tabs.find(({ id }) => id === chosen) ?? tabs[0];
  const panel = useId();
  return (
    <div className="details">
      <header>
        <div>
          <h2>{title}</h2>
          {meta && <div className="quiet">{meta}</div>}
        </div>
        <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={text.common.closeDetails} onClick={onClose} />
      </header>
      {tabs.length > 1 && (
        <TabList selectedValue={tab?.id} onTabSelect={(_, { value }) => setChosen(String(value))} size="small">
          {tabs.map(({ id, title: name }) => (
            <Tab key={id} value={id} aria-controls={panel} data-testid={testids.tab(id)}>
              {name}
            </Tab>
          ))}
        </TabList>
      )}
      {/* The text scrolls, so it takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="content" id={panel} role="tabpanel" aria-label={tab?.title} tabIndex={0}>
        {tab?.body}
      </div>
    </div>
  );
}
