import { CopyButton } from "./CopyButton";

/** JSON or another text to read as it is, and to copy. */
export function Code({ what, value }: { what: string; value: string }) {
  return (
    <div className="code">
      <pre>{value}</pre>
      <CopyButton className="copy" what={what} value={value} />
    </div>
  );
}
