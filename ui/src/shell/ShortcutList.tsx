import { Sheet } from "../components/Sheet";
import { usePreference } from "../hooks/usePreference";
import { shown } from "../lib/keys";
import { routes } from "../routes";
import { text } from "../text";
import type { Action } from "./actions";

const { groups, tables, single } = text.shortcuts;

type Row = readonly [keys: string, what: string];

/** Ctrl+/: every shortcut there is, from the tables that make them. */
export function ShortcutList({ actions, onClose }: { actions: Action[]; onClose: () => void }) {
  return (
    <Sheet title={text.shortcuts.title} lead={text.shortcuts.lead} onClose={onClose}>
      <Shortcuts actions={actions} />
    </Sheet>
  );
}

export function Shortcuts({ actions }: { actions: Action[] }) {
  const [singleKeys] = usePreference("singleKeys");
  const pages: Row[] = routes.flatMap(({ keys, title }) => (keys ? [[keys, title] as const] : []));
  const acts: Row[] = actions.flatMap(({ keys, title }) => (keys ? [[keys.map(shown).join(" · "), title] as const] : []));
  return (
    <div className="shortcuts">
      <Keys title={groups.actions} rows={acts} />
      <Keys title={groups.pages} rows={pages} />
      <Keys title={groups.tables} rows={tables} />
      <Keys title={groups.single} rows={singleKeys === "on" ? single : []} {...(singleKeys === "on" ? {} : { note: text.shortcuts.singleOff })} />
    </div>
  );
}

function Keys({ title, rows, note }: { title: string; rows: readonly Row[]; note?: string }) {
  return (
    <section>
      <h3>{title}</h3>
      {note && <p className="quiet">{note}</p>}
      <dl>
        {rows.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{shown(keys)}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
