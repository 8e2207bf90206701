// Who sends requests, told apart from this app's own test.

import type { Sender } from "../api/bindings";
import type { GuideId, GuideProof } from "../text";

/** As the server recognises the test of the connection. */
const SELF = "SCIM Desk";
export const isSelf = ({ name }: Pick<Sender, "name">) => name === SELF;

/** The names by which the server recognises who a guide is for; any other sender is meant where there are none. */
const NAMES: Record<GuideId, string[]> = {
  entra: ["Microsoft Entra ID"],
  entraAgent: ["Microsoft Entra ID"],
  okta: ["Okta"],
  oneLogin: ["OneLogin"],
  other: [],
};

/** Whether a request that proves a step has arrived from whom the guide is for. */
export function hasArrived(senders: Sender[], guide: GuideId, proof: GuideProof): boolean {
  const names = NAMES[guide];
  const known = Object.values(NAMES).flat();
  const meant = senders.filter((sender) => {
    if (isSelf(sender)) return false;
    return names.length > 0 ? names.includes(sender.name ?? "") : !known.includes(sender.name ?? "");
  });
  const count: Record<GuideProof, (sender: Sender) => number> = {
    asked: ({ asked }) => asked,
    users: ({ wroteUsers }) => wroteUsers,
    groups: ({ wroteGroups }) => wroteGroups,
  };
  return meant.some((sender) => count[proof](sender) > 0);
}

/** The log's search for what a sender has sent. */
export function queryOf({ name, source }: Sender): string {
  const quoted = (value: string) => (/\s/.test(value) ? `"${value.replaceAll('"', "")}"` : value);
  return name ? `client:${quoted(name)}` : `source:${quoted(source)}`;
}
