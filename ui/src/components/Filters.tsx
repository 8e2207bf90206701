import { Button, Input, Select } from "@fluentui/react-components";
import { Dismiss16Regular, Search20Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { text } from "../text";

type SearchProps = {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  testid?: string;
  after?: ReactNode;
};

/** A search box; what it looks for stands in it while it is empty. */
export function Search({ label, placeholder = label, value, onChange, testid, after }: SearchProps) {
  return (
    <Input
      className="search"
      type="text"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(_, data) => onChange(data.value)}
      contentBefore={<Search20Regular aria-hidden />}
      contentAfter={
        <>
          {value && (
            <Button
              appearance="transparent"
              size="small"
              icon={<Dismiss16Regular />}
              aria-label={text.common.clearFilters}
              onClick={() => onChange("")}
            />
          )}
          {after}
        </>
      }
      data-testid={testid}
    />
  );
}

type ChoiceProps<V extends string> = {
  label: string;
  value: V | "";
  any: string;
  choices: Record<V, string>;
  onChange: (value: V | "") => void;
  testid?: string;
};

/** One of a few, or any. */
export function Choice<V extends string>({ label, value, any, choices, onChange, testid }: ChoiceProps<V>) {
  return (
    <Select aria-label={label} value={value} onChange={(_, data) => onChange(data.value as V | "")} data-testid={testid}>
      <option value="">{any}</option>
      {(Object.entries(choices) as [V, string][]).map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </Select>
  );
}
