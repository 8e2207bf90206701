import { Link } from "wouter";
import type { NamedRef } from "../api/bindings";
import { text } from "../text";

type Props = { refs: NamedRef[]; none: string; to?: (id: string) => string };

/** Names that lead somewhere. The shell sends 200 of them at most. */
export function Refs({ refs, none, to }: Props) {
  if (refs.length === 0) return <p className="quiet">{none}</p>;
  return (
    <>
      <ul className="plain">
        {refs.map(({ id, name }) => (
          <li key={id}>
            {to ? (
              <Link className="link" href={to(id)}>
                {name}
              </Link>
            ) : (
              name
            )}
          </li>
        ))}
      </ul>
      {refs.length >= 200 && <p className="quiet">{text.directory.first200}</p>}
    </>
  );
}
