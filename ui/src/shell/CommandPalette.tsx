import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useReturnFocus } from "../hooks/useReturnFocus";
import { shown } from "../lib/keys";
import { testids } from "../testids";
import { text } from "../text";
import type { Action } from "./actions";
import { type Entry, usePaletteEntries } from "./paletteEntries";

type Props = { actions: Action[]; onClose: () => void };

/** Ctrl+K: pages, actions, recent syncs and people, found by a few letters. What cannot be done says why. */
export function CommandPalette({ actions, onClose }: Props) {
  useReturnFocus();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const groups = usePaletteEntries(typed, actions);
  const entries = groups.flatMap((group) => group.entries);
  const current = Math.min(at, entries.length - 1);
  const list = useId();
  const nameOf = (entry: Entry) => `${list}${entry.id.replaceAll(/[^\w-]/g, "_")}`;

  const choose = (entry: Entry | undefined) => {
    if (!entry || entry.why) return;
    onClose();
    // The dialog gives the focus back before the page takes it.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => setAt((current + 1) % Math.max(1, entries.length)),
      ArrowUp: () => setAt((current - 1 + entries.length) % Math.max(1, entries.length)),
      Home: () => setAt(0),
      End: () => setAt(entries.length - 1),
      Enter: () => choose(entries[current]),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  const chosen = entries[current];

  return (
    <Dialog open modalType="modal" onOpenChange={(_, { open }) => open || onClose()}>
      <DialogSurface className="palette" aria-label={text.palette.label} data-testid={testids.palette}>
        <DialogBody>
          <DialogTitle className="sr">{text.palette.label}</DialogTitle>
          <DialogContent className="content">
            <div className="box">
              <Search20Regular aria-hidden />
              <input
                role="combobox"
                aria-expanded
                aria-autocomplete="list"
                aria-controls={list}
                aria-label={text.palette.placeholder}
                aria-activedescendant={chosen && nameOf(chosen)}
                placeholder={text.palette.placeholder}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog says where the focus goes
                autoFocus
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={({ target }) => {
                  setTyped(target.value);
                  setAt(0);
                }}
                onKeyDown={onKeyDown}
                data-testid={testids.paletteInput}
              />
            </div>
            <div className="found" role="listbox" id={list} aria-label={text.palette.label}>
              {groups.map(({ title, entries: within }) => (
                <div key={title} role="group" aria-label={title}>
                  <div className="title" aria-hidden>
                    {title}
                  </div>
                  {within.map((entry) => (
                    <Option key={entry.id} id={nameOf(entry)} entry={entry} chosen={entry === chosen} onChoose={() => choose(entry)} />
                  ))}
                </div>
              ))}
            </div>
            {entries.length === 0 && <p className="quiet nothing">{text.palette.nothing}</p>}
            <p className="sr" aria-live="polite">
              {text.palette.results(entries.length)}
            </p>
            <p className="quiet foot" aria-hidden>
              {text.palette.hint}
            </p>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

type OptionProps = { id: string; entry: Entry; chosen: boolean; onChoose: () => void };

function Option({ id, entry: { title, detail, icon: Icon, keys, why }, chosen, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView?.({ block: "nearest" });
  }, [chosen]);
  return (
    // The input has the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={why !== null}
      className="option"
      onClick={onChoose}
      data-testid={testids.paletteOption}
    >
      <Icon aria-hidden />
      <span className="name">{title}</span>
      {(why ?? detail) && <span className="detail">{why ?? detail}</span>}
      {keys && <kbd>{shown(keys)}</kbd>}
    </div>
  );
}
