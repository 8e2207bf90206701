// What the console holds, and what feeds it.

import type { ExemptImported, Imported } from "../api/bindings";
import { number, count, of } from "./format";

export const accounts = {
  title: "Console accounts",
  lead: "What your organisation's console holds.",
  search: "Search name, address or field",
  state: "State",
  anyState: "Any state",
  managedBy: "Managed by",
  anyManagedBy: "Managed by anyone",
  total: (total: number, all: number) => of(total, all, "account", "accounts"),
  columns: {
    name: "Name",
    email: "Address",
    state: "State",
    managedBy: "Managed by",
    exempt: "Marks",
    lastChanged: "Last changed",
  },
  never: "No accounts yet. Import those your console holds today, or let the first sync create them.",
  filtered: "No accounts match.",
  import: "Import CSV…",
  reading: "Reading the file…",
  imported: ({ created, changed, unchanged }: Imported) =>
    `${count(created, "account", "accounts")} created, ${number(changed)} changed, ${number(unchanged)} as before.`,
  importedFrom: (path: string) => `Imported from ${path}`,
  notImported: "The import was refused.",
  exempt: "Keep out of provisioning",
  exemptHint: "Syncs neither change nor archive this account.",
  exemptYes: "Exempt",
  protect: "Protect from being archived",
  protectHint: "A sync that would archive this account holds that back and says so.",
  protectedYes: "Protected",
  fields: "Fields",
  field: "Field",
  fieldValue: "Value",
  from: "Fed by",
  aliases: "Alias addresses",
  aliasNote: "Removed by the first live sync, because SCIM does not support alias addresses.",
  groups: "Groups",
  directoryUser: "Directory user",
  notLinked: "Not linked to a directory user",
} as const;

export const mapping = {
  open: "Attribute mapping…",
  title: "Attribute mapping",
  lead: "What your identity provider sends in the attribute on the left stands in the account's field on the right. What it does not send is blank.",
  attribute: "SCIM attribute",
  field: "Account field",
  key: "CSV heading",
} as const;

export const exempt = {
  open: "Exempt list…",
  title: "Exempt list",
  lead: "Syncs leave accounts with these addresses alone, and make none for them.",
  none: "No address is on the list.",
  add: "Add",
  address: "Address",
  import: "Import CSV…",
  remove: (address: string) => `Remove ${address}`,
  imported: ({ addresses, added }: ExemptImported) =>
    `${count(addresses, "address", "addresses")} read, ${number(added)} of them new on the list.`,
} as const;
