import { Empty, FilteredOut } from "../../components/States";
import { text } from "../../text";
import { OlderEvents } from "./OlderEvents";
import type { Older } from "./useOlder";

type Props = { older: Older; filtered: boolean; onClear: () => void };

/** No match so far, no match, or no event at all. */
export function NoEvents({ older, filtered, onClear }: Props) {
  if (older.search) {
    return (
      <div className="empty">
        <OlderEvents older={older} />
      </div>
    );
  }
  if (filtered) return <FilteredOut sentence={text.logs.filtered} onClear={onClear} />;
  return <Empty sentence={text.logs.never} />;
}
