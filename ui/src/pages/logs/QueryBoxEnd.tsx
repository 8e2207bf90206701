import { Button } from "@fluentui/react-components";
import { Dismiss16Regular } from "@fluentui/react-icons";
import { text } from "../../text";
import { QueryHelp } from "./QueryHelp";

/** What stands at the end of the search box: clear it, and how to search. */
export function QueryBoxEnd({ query, onClear }: { query: string; onClear: () => void }) {
  return (
    <>
      {query && (
        <Button
          appearance="transparent"
          size="small"
          icon={<Dismiss16Regular />}
          aria-label={text.common.clearFilters}
          onClick={onClear}
        />
      )}
      <QueryHelp />
    </>
  );
}
