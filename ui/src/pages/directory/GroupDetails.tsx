import { useGroup } from "../../api/queries";
import { Code } from "../../components/Code";
import { Details } from "../../components/Details";
import { Refs } from "../../components/Refs";
import { Answer } from "../../components/States";
import { path } from "../../routes";
import { text } from "../../text";

/** One group: its members, and the resource itself. */
export function GroupDetails({ id, onClose }: { id: string; onClose: () => void }) {
  const group = useGroup(id);
  return (
    <Answer query={group}>
      {({ row, members, json }) => (
        <Details
          title={row.name}
          meta={text.directory.memberCount(row.members)}
          onClose={onClose}
          tabs={[
            {
              id: "members",
              title: text.directory.tabs.members,
              body: <Refs refs={members} to={path.user} none={text.directory.noMembers} />,
            },
            { id: "json", title: text.directory.tabs.json, body: <Code what={text.directory.json} value={json} /> },
          ]}
        />
      )}
    </Answer>
  );
}
