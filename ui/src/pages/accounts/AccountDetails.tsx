import { Link } from "wouter";
import type { AccountDetail, AccountField } from "../../api/bindings";
import { useAccount } from "../../api/queries";
import { Details } from "../../components/Details";
import { HistoryLink } from "../../components/HistoryLink";
import { Refs } from "../../components/Refs";
import { Answer } from "../../components/States";
import { path } from "../../routes";
import { accountStateWord, managedByWord, text } from "../../text";
import { AccountMarks } from "./AccountMarks";

/** One account: its fields and what feeds them, its aliases and groups, and whether it is kept out. */
export function AccountDetails({ id, onClose }: { id: string; onClose: () => void }) {
  const account = useAccount(id);
  return <Answer query={account}>{(detail) => <Tabs account={detail} onClose={onClose} />}</Answer>;
}

function Tabs({ account, onClose }: { account: AccountDetail; onClose: () => void }) {
  const { row, fields, aliases, groups, directoryUser } = account;
  return (
    <Details
      title={row.name}
      meta={
        <>
          {text.logs.headline([row.email, accountStateWord[row.state], managedByWord[row.managedBy]])}
          <br />
          {directoryUser ? (
            <Link className="link" href={path.user(directoryUser.id)}>
              {text.accounts.directoryUser}
            </Link>
          ) : (
            text.accounts.notLinked
          )}
          {" · "}
          <HistoryLink of={row.id} />
        </>
      }
      onClose={onClose}
      tabs={[
        {
          id: "fields",
          title: text.accounts.fields,
          body: (
            <>
              <AccountMarks account={account} />
              <FieldTable fields={fields} />
            </>
          ),
        },
        { id: "aliases", title: text.accounts.aliases, body: <Aliases aliases={aliases} /> },
        { id: "groups", title: text.accounts.groups, body: <Refs refs={groups} none={text.common.none} /> },
      ]}
    />
  );
}

function FieldTable({ fields }: { fields: AccountField[] }) {
  return (
    <table className="facts">
      <thead>
        <tr>
          <th scope="col">{text.accounts.field}</th>
          <th scope="col">{text.accounts.fieldValue}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ label, path: source, value }) => (
          <tr key={source}>
            <th scope="row">
              {label}
              <div className="mono quiet">{source}</div>
            </th>
            <td>{value ?? <span className="quiet">{text.common.noValue}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Aliases({ aliases }: { aliases: string[] }) {
  if (aliases.length === 0) return <p className="quiet">{text.common.none}</p>;
  return (
    <>
      <ul className="plain">
        {aliases.map((alias) => (
          <li key={alias}>{alias}</li>
        ))}
      </ul>
      <p className="quiet">{text.accounts.aliasNote}</p>
    </>
  );
}
