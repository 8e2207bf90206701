import { Link } from "wouter";
import type { AttributeValue, UserDetail } from "../../api/bindings";
import { useUser } from "../../api/queries";
import { Code } from "../../components/Code";
import { Details } from "../../components/Details";
import { HistoryLink } from "../../components/HistoryLink";
import { Refs } from "../../components/Refs";
import { Answer } from "../../components/States";
import { path } from "../../routes";
import { text } from "../../text";

/** One user: its attributes and what each feeds, its groups, and the resource itself. */
export function UserDetails({ id, onClose }: { id: string; onClose: () => void }) {
  const user = useUser(id);
  return <Answer query={user}>{(detail) => <Tabs user={detail} onClose={onClose} />}</Answer>;
}

function Tabs({ user: { row, attributes, groups, json }, onClose }: { user: UserDetail; onClose: () => void }) {
  return (
    <Details
      title={row.name}
      meta={
        <>
          {row.userName} ·{" "}
          {row.account ? (
            <Link className="link" href={path.account(row.account.id)}>
              {text.directory.account}
            </Link>
          ) : (
            text.directory.notLinked
          )}
          {" · "}
          <HistoryLink of={row.id} />
        </>
      }
      onClose={onClose}
      tabs={[
        { id: "attributes", title: text.directory.tabs.attributes, body: <Attributes attributes={attributes} /> },
        {
          id: "groups",
          title: text.directory.tabs.groups,
          body: <Refs refs={groups} to={path.group} none={text.directory.inNoGroup} />,
        },
        { id: "json", title: text.directory.tabs.json, body: <Code what={text.directory.json} value={json} /> },
      ]}
    />
  );
}

function Attributes({ attributes }: { attributes: AttributeValue[] }) {
  const schemas = [...new Set(attributes.map(({ schema }) => schema))];
  return schemas.map((schema) => (
    <section key={schema}>
      <h3>{schema}</h3>
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{text.directory.attribute}</th>
            <th scope="col">{text.directory.value}</th>
          </tr>
        </thead>
        <tbody>
          {attributes
            .filter((each) => each.schema === schema)
            .map((each) => (
              <tr key={each.path}>
                <th scope="row">
                  <div className="mono">{each.path}</div>
                  {each.feeds && <div className="quiet">{text.directory.feeds(each.feeds)}</div>}
                </th>
                <td>{each.value}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  ));
}
