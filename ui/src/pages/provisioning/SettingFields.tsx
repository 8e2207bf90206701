// A setting with its label, its hint, and why it was refused.

import { Field, Input, Select, Switch } from "@fluentui/react-components";
import { useId } from "react";
import type { Durability, PatchAnswer, Settings } from "../../api/bindings";
import type { CommandError } from "../../api/client";
import { NumberInput } from "../../components/NumberInput";
import { testids } from "../../testids";
import { durabilityWord, patchAnswerWord, settingLabel } from "../../text";

export type Editing = { value: Settings; error: CommandError | null; onEdit: (edits: Partial<Settings>) => void };

type KeysOf<V> = { [K in keyof Settings]: Settings[K] extends V ? K : never }[keyof Settings];

function labelled(name: keyof Settings, error: CommandError | null, hint?: string) {
  const refusal = error?.field === name ? { validationMessage: error.message, validationState: "error" as const } : {};
  return { label: settingLabel[name], ...(hint ? { hint } : {}), ...refusal };
}

type NumberProps = Editing & { name: KeysOf<number | null>; unit: string; hint?: string; mayBeEmpty?: boolean };

export function NumberSetting({ name, unit, hint, mayBeEmpty = false, value, error, onEdit }: NumberProps) {
  return (
    <Field {...labelled(name, error, hint)}>
      <NumberInput
        unit={unit}
        value={value[name]}
        mayBeEmpty={mayBeEmpty}
        onChange={(next) => onEdit({ [name]: next })}
        data-testid={testids.field(name)}
      />
    </Field>
  );
}

export function ListenSetting({ hint, value, error, onEdit }: Editing & { hint: string }) {
  return (
    <Field {...labelled("listen", error, hint)}>
      <Input
        className="shown-token"
        spellCheck={false}
        value={value.listen}
        onChange={(_, { value: listen }) => onEdit({ listen })}
        data-testid={testids.field("listen")}
      />
    </Field>
  );
}

export function PatchAnswerSetting({ hint, value, error, onEdit }: Editing & { hint: string }) {
  return (
    <Field {...labelled("patchAnswer", error, hint)}>
      <Select
        value={value.patchAnswer}
        onChange={(_, { value: patchAnswer }) => onEdit({ patchAnswer: patchAnswer as PatchAnswer })}
        data-testid={testids.field("patchAnswer")}
      >
        {Object.entries(patchAnswerWord).map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export function DurabilitySetting({ hint, value, error, onEdit }: Editing & { hint: string }) {
  return (
    <Field {...labelled("durability", error, hint)}>
      <Select
        value={value.durability}
        onChange={(_, { value: durability }) => onEdit({ durability: durability as Durability })}
        data-testid={testids.field("durability")}
      >
        {Object.entries(durabilityWord).map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export function StrictSetting({ hint, value, onEdit }: Editing & { hint: string }) {
  const [title, described] = [useId(), useId()];
  return (
    <div className="setting">
      <div>
        <h3 id={title}>{settingLabel.strict}</h3>
        <p className="quiet" id={described}>
          {hint}
        </p>
      </div>
      <Switch
        aria-labelledby={title}
        aria-describedby={described}
        checked={value.strict}
        onChange={(_, { checked: strict }) => onEdit({ strict })}
        data-testid={testids.field("strict")}
      />
    </div>
  );
}
