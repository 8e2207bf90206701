import { Button } from "@fluentui/react-components";
import { testids } from "../../testids";
import { text } from "../../text";
import type { Older } from "./useOlder";

const sentences = {
  searching: text.logs.searchingOlder,
  resting: text.logs.searchedSoFar,
  failed: text.logs.olderFailed,
};

/** That older events are searched, and the way to stop it or to go on. */
export function OlderEvents({ older: { search, stop, goOn } }: { older: Older }) {
  if (!search) return null;
  const searching = search === "searching";
  return (
    <span className="row" data-testid={testids.olderEvents}>
      <span className="quiet" role="status">
        {sentences[search]}
      </span>
      <Button size="small" onClick={searching ? stop : goOn}>
        {searching ? text.logs.stopSearch : text.logs.continueSearch}
      </Button>
    </span>
  );
}
