import { Field, Input } from "@fluentui/react-components";
import { CopyButton } from "./CopyButton";

/** A value to be taken elsewhere: it can be selected, and copied with a button. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  return (
    <Field className="narrow" label={label} {...(hint ? { hint } : {})}>
      <Input
        readOnly
        className="shown-token"
        value={value}
        onFocus={({ currentTarget }) => currentTarget.select()}
        contentAfter={<CopyButton what={label} value={value} />}
      />
    </Field>
  );
}
