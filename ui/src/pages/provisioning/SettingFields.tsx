// A setting with its label, its hint, and why it was refused.

import { Field, Input } from "@fluentui/react-components";
import type { Settings } from "../../api/bindings";
import type { CommandError } from "../../api/client";
import { NumberInput } from "../../components/NumberInput";
import { testids } from "../../testids";
import { settingLabel } from "../../text";

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
