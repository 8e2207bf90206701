import { Button, Popover, PopoverSurface, PopoverTrigger } from "@fluentui/react-components";
import { QuestionCircle20Regular } from "@fluentui/react-icons";
import type { EventKind, EventStatus } from "../../api/bindings";
import { Choice, Search } from "../../components/Filters";
import { readWord, writeWord } from "../../lib/query";
import { testids } from "../../testids";
import { eventKindWord, eventStatusWord, text } from "../../text";

type Props = { query: string; onChange: (query: string) => void };
type Time = keyof typeof text.logs.times;

/** The query is the one truth; the quick filters only write words into it. */
export function LogFilters({ query, onChange }: Props) {
  const pick = (key: string) => (value: string) => onChange(writeWord(query, key, value));
  return (
    <div className="filters">
      <Search
        label={text.logs.search}
        placeholder={text.logs.searchExample}
        value={query}
        onChange={onChange}
        testid={testids.logSearch}
        after={<Help />}
      />
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
    </div>
  );
}

/** What a filter offers; anything else that is typed shows as "any". */
const known = <V extends string>(choices: Record<V, string>, value: string): V | "" => (value in choices ? (value as V) : "");

function Help() {
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="transparent" size="small" icon={<QuestionCircle20Regular />} aria-label={text.logs.help} />
      </PopoverTrigger>
      <PopoverSurface className="help" aria-label={text.logs.help}>
        <p>{text.logs.helpIntro}</p>
        <dl>
          {text.logs.helpWords.map(([word, meaning]) => (
            <div key={word} style={{ display: "contents" }}>
              <dt className="mono">{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </PopoverSurface>
    </Popover>
  );
}
