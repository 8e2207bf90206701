import { ProgressBar } from "@fluentui/react-components";

/** Something takes a while, and nobody knows how long. */
export function Working({ what }: { what: string }) {
  return (
    <div className="syncing">
      <strong role="status">{what}</strong>
      <ProgressBar thickness="large" aria-label={what} />
    </div>
  );
}
