import { Link } from "wouter";
import { path } from "../routes";
import { text } from "../text";

/** To everything that the log tells of a person: by the id of a directory user or an account, or an address. */
export function HistoryLink({ of }: { of: string }) {
  return (
    <Link className="link" href={path.history(of)}>
      {text.logs.history}
    </Link>
  );
}
