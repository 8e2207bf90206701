import { Button, Field, Input } from "@fluentui/react-components";
import { Dismiss16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { useExemptImport, useExemptList, useExemptSet } from "../../api/queries";
import { Refusal } from "../../components/Refusal";
import { Sheet } from "../../components/Sheet";
import { Answer } from "../../components/States";
import { testids } from "../../testids";
import { text } from "../../text";

/** The addresses that provisioning leaves alone: one by one, or from a CSV file. */
export function ExemptList({ onClose }: { onClose: () => void }) {
  const list = useExemptList();
  const set = useExemptSet();
  const importing = useExemptImport();
  const [typed, setTyped] = useState("");
  const add = () => set.mutate({ addresses: [typed.trim()], listed: true }, { onSuccess: () => setTyped("") });
  const importButton = (
    <Button disabledFocusable={importing.isPending} onClick={() => importing.mutate(null)} data-testid={testids.exemptImport}>
      {text.exempt.import}
    </Button>
  );
  return (
    <Sheet title={text.exempt.title} lead={text.exempt.lead} actions={importButton} onClose={onClose}>
      <form
        className="row ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) add();
        }}
      >
        <Field label={text.exempt.address}>
          <Input
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(_, { value }) => setTyped(value)}
            data-testid={testids.exemptAddress}
          />
        </Field>
        <Button type="submit" disabledFocusable={!typed.trim() || set.isPending} data-testid={testids.exemptAdd}>
          {text.exempt.add}
        </Button>
      </form>
      <Refusal error={set.error ?? importing.error} />
      {importing.data && <p aria-live="polite">{text.exempt.imported(importing.data)}</p>}
      <Answer query={list} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="quiet">{text.exempt.none}</p>
          ) : (
            <ul className="plain tall">
              {rows.map(({ address }) => (
                <li key={address} className="row">
                  {address}
                  <Button
                    className="end"
                    size="small"
                    appearance="subtle"
                    icon={<Dismiss16Regular />}
                    aria-label={text.exempt.remove(address)}
                    disabledFocusable={set.isPending}
                    onClick={() => set.mutate({ addresses: [address], listed: false })}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Sheet>
  );
}
