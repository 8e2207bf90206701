import { Input, type InputProps } from "@fluentui/react-components";
import { useState } from "react";

type Props = Omit<InputProps, "onChange" | "value" | "type" | "defaultValue"> & {
  value: number | null;
  unit: string;
  /** Nothing is an answer, too: `null`. */
  mayBeEmpty?: boolean;
  onChange: (value: number | null) => void;
};

/**
 * A whole number and its unit. What is typed stands as it is while it is typed; only a number
 * (or nothing, where that is allowed) reaches the draft, and leaving the field shows what did.
 */
export function NumberInput({ value, unit, mayBeEmpty = false, onChange, ...field }: Props) {
  const [typed, setTyped] = useState<string | null>(null);

  const type = (next: string) => {
    setTyped(next);
    if (/^\d{1,9}$/.test(next)) onChange(Number(next));
    else if (next === "" && mayBeEmpty) onChange(null);
  };

  return (
    <Input
      {...field}
      inputMode="numeric"
      autoComplete="off"
      value={typed ?? (value === null ? "" : String(value))}
      onChange={(_, data) => type(data.value.trim())}
      onBlur={() => setTyped(null)}
      contentAfter={<span className="quiet nowrap">{unit}</span>}
    />
  );
}
