import { Button, Spinner } from "@fluentui/react-components";
import { useOffer } from "../hooks/useOffer";
import { testids } from "../testids";
import { text } from "../text";
import { Rich } from "./Rich";

type Props = { labels: string[]; saving: boolean; onSave: () => void; onDiscard: () => void };

/** Appears with the first edit and names what was edited. Ctrl+S saves. */
export function SaveBar({ labels, saving, onSave, onDiscard }: Props) {
  const dirty = labels.length > 0;
  useOffer("save", onSave, { active: dirty && !saving });
  useOffer("discard", onDiscard, { active: dirty && !saving });
  if (!dirty) return null;
  return (
    <section className="savebar" aria-label={text.saveBar.label} data-testid={testids.saveBar}>
      <p>
        <Rich parts={text.saveBar.unsaved(labels)} />
      </p>
      <Button onClick={onDiscard} disabled={saving} data-testid={testids.discard}>
        {text.saveBar.discard}
      </Button>
      <Button
        appearance="primary"
        onClick={onSave}
        disabled={saving}
        icon={saving ? <Spinner size="tiny" /> : undefined}
        data-testid={testids.saveChanges}
      >
        {text.saveBar.save}
      </Button>
    </section>
  );
}
