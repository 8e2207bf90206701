import { Input, type InputProps } from "@fluentui/react-components";
import { useState } from "react";
import { testids } from "../testids";

type Common = { name: string; unit: string };
type Required = Common & { value: number; mayBeEmpty?: false; onChange: (value: number) => void };
type Optional = Common & { value: number | null; mayBeEmpty: true; onChange: (value: number | null) => void };

/**
 * A whole number and its unit. What is typed stands as it is while it is typed; only a number
 * (or nothing, where that is allowed) reaches the draft, and leaving the field shows what did.
 */
export function NumberInput(props: (Required | Optional) & Omit<InputProps, "onChange" | "value" | "type" | "defaultValue">) {
  const { name, unit, value, mayBeEmpty, onChange, ...field } = props;
  const [typed, setTyped] = useState<string | null>(null);

  const type = (next: string) => {
    setTyped(next);
    if (/^\d{1,9}$/.test(next)) onChange(Number(next));
    else if (next === "" && mayBeEmpty) (onChange as Optional["onChange"])(null);
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
      data-testid={testids.field(name)}
    />
  );
}
