import { Input } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { complete, type Known, suggest } from "../../lib/suggest";
import { testids } from "../../testids";
import { number, text } from "../../text";
import { QueryBoxEnd } from "./QueryBoxEnd";

type Props = { query: string; counted: Known["counted"]; onChange: (query: string) => void };

/** The search box of the log: it offers what may come next, and takes it by arrow keys and Enter, or a click. */
export function QueryBox({ query, counted, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const goal = useRef<{ query: string; caret: number } | null>(null);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [caret, setCaret] = useState(query.length);
  const list = useId();
  const known = { keys: text.logs.keys, values: text.logs.values, counted };
  const offers = open ? suggest(query.slice(0, caret), known) : [];

  const field = () => box.current?.querySelector("input") ?? null;
  const look = () => setCaret(field()?.selectionStart ?? query.length);
  const take = (word: string) => {
    const next = complete(query, caret, word);
    onChange(next.query);
    setCaret(next.caret);
    setChosen(-1);
    goal.current = next;
  };
  // As soon as the word stands there, and never later: whoever types on is not sent back.
  useLayoutEffect(() => {
    const next = goal.current;
    if (next?.query !== query) return;
    field()?.setSelectionRange(next.caret, next.caret);
    goal.current = null;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const offer = offers[chosen];
    if (event.key === "ArrowDown" && offers.length > 0) setChosen((chosen + 1) % offers.length);
    else if (event.key === "ArrowUp" && offers.length > 0) setChosen((chosen <= 0 ? offers.length : chosen) - 1);
    else if (event.key === "Enter" && offer) take(offer.word);
    else if (event.key === "Escape" && offers.length > 0) setOpen(false);
    else return;
    event.preventDefault();
  };

  return (
    // The box hears the keys and the focus of the field in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="querybox"
      ref={box}
      onKeyDown={onKeyDown}
      onKeyUp={look}
      onClick={look}
      onFocus={() => setOpen(true)}
      onBlur={({ relatedTarget }) => box.current?.contains(relatedTarget) || setOpen(false)}
    >
      <Input
        className="search"
        type="text"
        role="combobox"
        aria-label={text.logs.search}
        aria-autocomplete="list"
        aria-expanded={offers.length > 0}
        aria-controls={list}
        {...(chosen < 0 ? {} : { "aria-activedescendant": `${list}-${chosen}` })}
        placeholder={text.logs.searchExample}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => {
          goal.current = null;
          onChange(value);
          setCaret(field()?.selectionStart ?? value.length);
          setChosen(-1);
          setOpen(true);
        }}
        contentBefore={<Search20Regular aria-hidden />}
        contentAfter={<QueryBoxEnd query={query} onClear={() => onChange("")} />}
        data-testid={testids.logSearch}
      />
      {offers.length > 0 && (
        <div role="listbox" id={list} className="offers" aria-label={text.logs.suggestions}>
          {offers.map(({ word, hint, events }, index) => (
            // The field keeps the focus; arrow keys and Enter do what a click does.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={word}
              role="option"
              tabIndex={-1}
              id={`${list}-${index}`}
              aria-selected={index === chosen}
              aria-label={text.logs.suggestion(word, events)}
              data-testid={testids.logSuggestion}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(word)}
            >
              <span className="mono">{word}</span>
              <span className="quiet">{hint || (events !== null && number(events))}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
