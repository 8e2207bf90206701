import type { EventKind, EventStatus } from "../../api/bindings";
import { Choice } from "../../components/Filters";
import type { Known } from "../../lib/suggest";
import { readWord, writeWord } from "../../lib/query";
import { testids } from "../../testids";
import { eventKindWord, eventStatusWord, text } from "../../text";
import { QueryBox } from "./QueryBox";
import { SavedViews } from "./SavedViews";

type Props = { query: string; counted: Known["counted"]; onChange: (query: string) => void };
type Time = keyof typeof text.logs.times;

/** The query is the one truth; the quick filters only write words into it. */
export function LogFilters({ query, counted, onChange }: Props) {
  const pick = (key: string) => (value: string) => onChange(writeWord(query, key, value));
  return (
    <div className="filters">
      <QueryBox query={query} counted={counted} onChange={onChange} />
      <Choice
        label={text.logs.time}
        value={known(text.logs.times, readWord(query, "since"))}
        any={text.logs.anyTime}
        choices={text.logs.times}
        onChange={(value: Time | "") => pick("since")(value)}
        testid={testids.logFilter("since")}
      />
      <Choice
        label={text.logs.kind}
        value={known(eventKindWord, readWord(query, "kind"))}
        any={text.logs.anyKind}
        choices={eventKindWord}
        onChange={(value: EventKind | "") => pick("kind")(value)}
        testid={testids.logFilter("kind")}
      />
      <Choice
        label={text.logs.status}
        value={known(eventStatusWord, readWord(query, "status"))}
        any={text.logs.anyStatus}
        choices={eventStatusWord}
        onChange={(value: EventStatus | "") => pick("status")(value)}
        testid={testids.logFilter("status")}
      />
      <SavedViews query={query} onOpen={onChange} />
    </div>
  );
}

/** What a filter offers; anything else that is typed shows as "any". */
const known = <V extends string>(choices: Record<V, string>, value: string): V | "" => (value in choices ? (value as V) : "");
