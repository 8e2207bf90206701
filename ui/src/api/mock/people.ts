// Contoso: 250 people and 18 groups, as the directory holds them and as the console does.

import type { AccountDetail, AttributeValue, ColumnInfo, GroupRow, NamedRef, UserRow } from "../bindings";
import { minutesAgo, random } from "./random";

const GIVEN =
  "Mara Jonas Ana Noor Tomás Ingrid Kofi Priya Lena Mateo Yuki Amara Felix Sofia Omar Greta Dmitri Chloé Ravi Elin Hugo Zainab Piotr Maeve Luca".split(
    " ",
  );
const FAMILY =
  "Okafor Wirth Petrović Haddad Ferreira Lindqvist Mensah Raman Schuster Ortega Tanaka Diallo Novak Bianchi Rahimi Keller Ivanov Laurent Shah Berg".split(
    " ",
  );
const TITLES = [
  "Analyst",
  "Senior Analyst",
  "Engineer",
  "Account Manager",
  "Team Lead",
  "Controller",
  "Designer",
  "Support Specialist",
  "Counsel",
];
const DEPARTMENTS = ["Finance", "Treasury", "Engineering", "Sales", "Legal", "People", "Operations", "Support", "Marketing"];
const CITIES = ["Zürich", "Lisbon", "Accra", "Oslo", "Osaka", "Toronto"];
const GROUPS = [
  ...DEPARTMENTS,
  "All Staff",
  "Managers",
  "Contractors",
  "VPN Users",
  "Zürich Office",
  "Lisbon Office",
  "New Hires",
  "Board",
  "Security Champions",
];

export type Person = UserRow & {
  given: string;
  family: string;
  title: string;
  department: string;
  city: string;
  employee: string;
  groupRefs: NamedRef[];
};
export type Group = GroupRow & { memberRefs: NamedRef[] };

const plain = (name: string) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const dice = random(41);

const uuid = () => [8, 4, 4, 4, 12].map((length) => dice.hex(length)).join("-");

export const groups: Group[] = GROUPS.map((name) => ({
  id: uuid(),
  name,
  externalId: uuid(),
  members: 0,
  lastModified: minutesAgo(dice.below(20_000)),
  memberRefs: [],
}));

export const people: Person[] = Array.from({ length: 250 }, (_, index) => {
  const given = GIVEN[index % GIVEN.length] as string;
  const family = FAMILY[((index % GIVEN.length) * 3 + Math.floor(index / GIVEN.length)) % FAMILY.length] as string;
  const department = dice.pick(DEPARTMENTS);
  const id = uuid();
  const name = `${given} ${family}`;
  const joined = groups.filter((group) => group.name === department || group.name === "All Staff" || dice.chance(8));
  for (const group of joined) group.memberRefs.push({ id, name });
  return {
    id,
    name,
    userName: `${plain(given)}.${plain(family)}@contoso.example`,
    active: !dice.chance(6),
    groups: joined.length,
    lastModified: minutesAgo(dice.below(30_000)),
    account: dice.chance(92) ? { id: `acc-${index}`, name } : null,
    values: {},
    given,
    family,
    title: dice.pick(TITLES),
    department,
    city: dice.pick(CITIES),
    employee: String(10_000 + index),
    groupRefs: joined.map((group) => ({ id: group.id, name: group.name })),
  };
}).toSorted((a, b) => a.userName.localeCompare(b.userName));

for (const group of groups) group.members = group.memberRefs.length;
groups.sort((a, b) => a.name.localeCompare(b.name));

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const COLUMNS: [ColumnInfo, (person: Person) => string][] = [
  [{ path: "displayName", title: "displayName", schema: "User", description: "The name to show." }, ({ name }) => name],
  [{ path: "title", title: "title", schema: "User", description: "The job title." }, ({ title }) => title],
  [
    { path: "name.givenName", title: "name.givenName", schema: "User", description: "The first name." },
    ({ given }) => given,
  ],
  [
    { path: `${ENTERPRISE}:department`, title: "department", schema: "Enterprise User", description: "The department." },
    ({ department }) => department,
  ],
];

/** The attributes that can be columns. */
export const userColumns: ColumnInfo[] = COLUMNS.map(([column]) => column);

/** A person with the values of the columns asked for. */
export function withValues(person: Person, paths: string[]): Person {
  const wanted = COLUMNS.filter(([{ path }]) => paths.includes(path));
  return { ...person, values: Object.fromEntries(wanted.map(([{ path }, value]) => [path, value(person)])) };
}

export function attributesOf(person: Person): AttributeValue[] {
  const user = (path: string, value: string, feeds: string | null = null) => ({ schema: "User", path, value, feeds });
  const enterprise = (path: string, value: string, feeds: string | null = null) => ({
    schema: "Enterprise User",
    path,
    value,
    feeds,
  });
  return [
    user("userName", person.userName, "E-mail"),
    user("name.givenName", person.given, "First name"),
    user("name.familyName", person.family, "Last name"),
    user("displayName", person.name),
    user("title", person.title, "Job title"),
    user("active", String(person.active), "State"),
    user("emails[work].value", person.userName),
    user("addresses[work].locality", person.city, "Location"),
    enterprise("employeeNumber", person.employee, "Employee number"),
    enterprise("department", person.department, "Department"),
    enterprise("manager.value", people[3]?.id ?? "", "Manager"),
  ];
}

export function jsonOf(person: Person): string {
  const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  return JSON.stringify(
    {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
      id: person.id,
      userName: person.userName,
      name: { givenName: person.given, familyName: person.family },
      displayName: person.name,
      title: person.title,
      active: person.active,
      [enterprise]: { employeeNumber: person.employee, department: person.department },
      meta: { resourceType: "User", lastModified: person.lastModified },
    },
    null,
    2,
  );
}

export const accounts: AccountDetail[] = people
  .filter(({ account }) => account)
  .map((person, index) => ({
    row: {
      id: person.account?.id ?? "",
      name: person.name,
      email: person.userName,
      state: person.active ? "active" : "archived",
      managedBy: index % 19 === 0 ? "console" : index % 41 === 0 ? "adi" : "scim",
      exempt: index % 57 === 0,
      protected: index % 83 === 0,
      lastChanged: person.lastModified,
    },
    aliases: index % 41 === 0 ? [person.userName.replace("contoso", "fabrikam")] : [],
    fields: [
      { label: "First name", path: "name.givenName", value: person.given },
      { label: "Last name", path: "name.familyName", value: person.family },
      { label: "Job title", path: "title", value: person.title },
      { label: "Department", path: "enterprise:department", value: person.department },
      { label: "Employee number", path: "enterprise:employeeNumber", value: person.employee },
      { label: "Location", path: "addresses[work].locality", value: person.city },
      { label: "Mobile phone", path: "phoneNumbers[mobile].value", value: null },
      { label: "Manager", path: "enterprise:manager.value", value: people[3]?.name ?? null },
      { label: "Custom field 1", path: "kmsat:customField1", value: index % 3 ? null : "EMEA" },
    ],
    groups: person.groupRefs,
    directoryUser: index % 19 === 0 ? null : { id: person.id, name: person.name },
  }));
