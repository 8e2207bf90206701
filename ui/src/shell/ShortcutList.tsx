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
      <Shortcuts actions={actions} heading="h3" />
    </Sheet>
  );
}

type ShortcutsProps = { actions: Action[]; heading: "h2" | "h3" };

/** Keys by what they are for; `heading` is the rank of the titles, under that of where they stand. */
export function Shortcuts({ actions, heading }: ShortcutsProps) {
  const [singleKeys] = usePreference("singleKeys");
  const pages: Row[] = routes.flatMap(({ keys, title }) => (keys ? [[keys, title] as const] : []));
  const acts: Row[] = actions.flatMap(({ keys, title }) => (keys ? [[keys.map(shown).join(" · "), title] as const] : []));
  return (
    <div className="shortcuts">
      <Keys heading={heading} title={groups.actions} rows={acts} />
      <Keys heading={heading} title={groups.pages} rows={pages} />
      <Keys heading={heading} title={groups.tables} rows={tables} />
      <Keys heading={heading} title={groups.single} rows={singleKeys === "on" ? single : []} {...(singleKeys === "on" ? {} : { note: text.shortcuts.singleOff })} />
    </div>
  );
}

type KeysProps = { heading: "h2" | "h3"; title: string; rows: readonly Row[]; note?: string };

function Keys({ heading: Heading, title, rows, note }: KeysProps) {
  return (
    <section>
      <Heading>{title}</Heading>
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
