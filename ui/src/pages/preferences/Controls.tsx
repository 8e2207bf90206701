import { Select, Switch } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";
import { type Preference, type PreferenceName, PREFERENCES, usePreference } from "../../hooks/usePreference";
import { testids } from "../../testids";

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <section className="stack">
        <h2 className="strong">{title}</h2>
        {children}
      </section>
    </section>
  );
}

type ToggleProps = { title: string; hint?: string; value: boolean; why?: string | null; testid: string; onChange: (value: boolean) => void };

/** On or off; where it cannot be had the reason stands in place of the hint. */
export function Toggle({ title, hint, value, why = null, testid, onChange }: ToggleProps) {
  const [name, note] = [useId(), useId()];
  return (
    <div className="setting">
      <div>
        <h3 id={name}>{title}</h3>
        <p className="quiet" id={note}>
          {why ?? hint}
        </p>
      </div>
      <Switch
        aria-labelledby={name}
        aria-describedby={note}
        checked={value}
        disabled={why !== null}
        onChange={(_, { checked }) => onChange(checked)}
        data-testid={testid}
      />
    </div>
  );
}

type WordProps<N extends PreferenceName> = { name: N; title: string; hint: string; words: Record<Preference<N>, string> };

/** One of a few words that the window keeps. */
export function WordChoice<N extends PreferenceName>({ name, title, hint, words }: WordProps<N>) {
  const [chosen, choose] = usePreference(name);
  const [label, note] = [useId(), useId()];
  const options: readonly Preference<N>[] = PREFERENCES[name];
  return (
    <div className="setting">
      <div>
        <h3 id={label}>{title}</h3>
        <p className="quiet" id={note}>
          {hint}
        </p>
      </div>
      <Select
        aria-labelledby={label}
        aria-describedby={note}
        value={chosen}
        onChange={(_, { value }) => choose(value as Preference<N>)}
        data-testid={testids.preference(name)}
      >
        {options.map((word) => (
          <option key={word} value={word}>
            {words[word]}
          </option>
        ))}
      </Select>
    </div>
  );
}
