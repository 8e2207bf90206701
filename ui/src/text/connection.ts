// The connection: the server, its test, who has called, and how to set up a provider.

import type { ConnectionTest, Sender } from "../api/bindings";
import { count, duration, number } from "./format";

export const connection = {
  lead: "Whether an identity provider can reach this console, and who has.",
  test: "Test connection",
  testing: "Testing the connection…",
  tested: ({ worked, steps }: ConnectionTest) =>
    worked ? `The connection works: ${count(steps.length, "step", "steps")} in ${duration(steps.reduce((sum, { ms }) => sum + ms, 0))}` : "The connection does not work",
  testLead: "Requests as an identity provider sends them, from this app to its own server. Nothing but the log is written.",
  outcomes: { worked: "Worked", failed: "Failed", notTried: "Not tried" },

  server: "SCIM server",
  listening: (address: string) => `Listening on ${address}`,
  notListening: "Not listening",
  plain: "Plain HTTP, on this computer only. Nothing leaves it, so nothing is encrypted.",
  stop: "Stop",
  start: "Start",
  stopped: "Identity providers get no answer until it is started again, here or with the app.",
  change: "Change address…",
  changeTitle: "Change the address of the SCIM server?",
  changeBody: "The Tenant URL changes with it, so your identity provider needs the new one.",
  changeConfirm: "Change address",
  manageToken: "Manage the token in User provisioning",

  check: "Check a token…",
  checkTitle: "Is this the token in force?",
  checkLead: "Paste what your identity provider has. It is compared here and kept nowhere.",
  checkField: "Token",
  checkAct: "Check",

  seen: "Identity providers seen",
  seenLead: "Everybody who has sent a request that is still in the log.",
  never: "Nobody has sent a request yet. Set up your identity provider with one of the guides below.",
  unknown: (source: string) => `Not recognised: “${source}”`,
  noAgent: "Not recognised, and without a name",
  self: "This app’s own test",
  requests: ({ requests, today }: Sender) => `${count(requests, "request", "requests")}, ${number(today)} today`,
  errors: ({ failures }: Sender) => (failures === 0 ? "no errors" : count(failures, "error", "errors")),
  unauthorized: ({ unauthorized }: Sender) => `${number(unauthorized)} × 401`,
  lastError: "Latest error",
  open: "Open in the log",
  allOf: "All requests",
  lastRequest: "last request",

  tryIt: "Try it",
  tryLead: "In a terminal on this computer. Put the SCIM token in place of TOKEN.",
  command: "command",

  reach: "How a provider in the cloud gets here",
  reachBody: [
    "The server listens on this computer only. A provider in the cloud cannot reach that address.",
    "A provisioning agent that runs on this computer can: Microsoft Entra and Okta each have one, and it only needs to reach out.",
    "For a quick trial, a tunnel that you run yourself gives the server a public HTTPS address. Anybody with that address and the token can write to this console, so end the tunnel when you are done.",
  ],

  guides: "Set up your identity provider",
  guidesLead: "With the values of this console. A step turns green when the request it leads to has arrived.",
  arrived: "Arrived",
  waits: "Waits for a request",
  secret: "The SCIM token is shown only when it is made. If it is lost, regenerate it.",
  switched: "Tenant URL with Entra’s switch for standard PATCH",
  base: "SCIM connector base URL",
  header: "HTTP header",
} as const;

export type GuideId = "entra" | "entraAgent" | "okta" | "oneLogin" | "other";
/** What a step asks to be copied. */
export type GuideValue = "tenantUrl" | "switchedUrl" | "baseUrl" | "token" | "header";
/** Which request proves that a step was taken. */
export type GuideProof = "asked" | "users" | "groups";
export type GuideStep = { title: string; body: string; values?: GuideValue[]; proof?: GuideProof };
export type Guide = { title: string; note?: string; steps: GuideStep[] };

const ASK_FOR_A_TEST = "The provider looks for somebody who is not there and expects an empty list.";

export const guides: Record<GuideId, Guide> = {
  entra: {
    title: "Entra ID, cloud app",
    note: "Entra’s cloud service needs a public HTTPS address, so this way needs a tunnel. Without one, take the on-premises agent.",
    steps: [
      { title: "Add the app", body: "In the Microsoft Entra admin center open Identity › Applications › Enterprise applications, and add the app from the gallery, or create your own application." },
      { title: "Open Provisioning", body: "On the app, open Provisioning and set the mode to Automatic." },
      {
        title: "Enter the credentials and test them",
        body: `Paste both values under Admin Credentials and choose Test Connection. ${ASK_FOR_A_TEST} Use the public address of your tunnel in place of the host.`,
        values: ["tenantUrl", "switchedUrl", "token"],
        proof: "asked",
      },
      { title: "Choose who is sent", body: "Save. Assign one or two users to the app, and leave the scope at assigned users and groups." },
      { title: "Start provisioning", body: "Turn provisioning on, or try one person with Provision on demand. Users arrive in the directory.", proof: "users" },
      { title: "Send groups", body: "Assign a group, and wait for the next cycle of about 40 minutes.", proof: "groups" },
    ],
  },
  entraAgent: {
    title: "Entra ID, on-premises agent",
    note: "The agent runs on Windows Server, needs a P1 licence, and only reaches out. It may sit on the same computer as this app.",
    steps: [
      { title: "Install the agent", body: "Install the Microsoft Entra provisioning agent on the computer that runs this app, with the extension for on-premises application provisioning." },
      { title: "Add the app", body: "In the Microsoft Entra admin center add “On-premises SCIM app” from the gallery, and assign the agent to it. Wait 10 to 20 minutes, or restart the agent’s service." },
      {
        title: "Enter the credentials and test them",
        body: `Paste both values and choose Test Connection. ${ASK_FOR_A_TEST} Whether the agent takes a plain http address is not documented; the log here shows whether it arrived.`,
        values: ["tenantUrl", "token"],
        proof: "asked",
      },
      { title: "Start provisioning", body: "Assign one or two users and turn provisioning on.", proof: "users" },
      { title: "Send groups", body: "Assign a group, and wait for the next cycle of about 40 minutes.", proof: "groups" },
    ],
  },
  okta: {
    title: "Okta",
    note: "Okta in the cloud needs a public HTTPS address. Its provisioning agent, which only reaches out, does not.",
    steps: [
      { title: "Add the app", body: "In the Okta admin console create an app integration, and turn on SCIM provisioning under General." },
      {
        title: "Enter the connection and test it",
        body: "Under Provisioning › Integration enter the base URL, userName as the unique identifier, and HTTP header authentication. Then choose Test API Credentials.",
        values: ["baseUrl", "token"],
        proof: "asked",
      },
      { title: "Choose what is sent", body: "Under To App tick Create Users, Update User Attributes and Deactivate Users." },
      { title: "Assign people", body: "Assign one or two people to the app. They arrive at once.", proof: "users" },
      { title: "Push groups", body: "Under Push Groups choose the groups to send.", proof: "groups" },
    ],
  },
  oneLogin: {
    title: "OneLogin",
    note: "OneLogin sends from the cloud, so this way needs a public HTTPS address.",
    steps: [
      { title: "Add the app", body: "Add the app “SCIM Provisioner with SAML (SCIM v2 Enterprise)”." },
      {
        title: "Enter the connection",
        body: "Under Configuration enter the base URL and the SCIM bearer token, and enable the API connection.",
        values: ["baseUrl", "token"],
        proof: "asked",
      },
      { title: "Turn on provisioning", body: "Under Provisioning enable it for create, delete and update. Then give the app to one or two people.", proof: "users" },
      { title: "Send groups", body: "Groups follow from rules of the app; add one that sets groups.", proof: "groups" },
    ],
  },
  other: {
    title: "Another provider",
    steps: [
      {
        title: "Enter the connection",
        body: "Any SCIM 2.0 client works that can send a bearer token. Where it asks for a header, take the whole one.",
        values: ["baseUrl", "token", "header"],
        proof: "asked",
      },
      { title: "Send one user", body: "A POST to /Users with a userName. What is wrong with it stands in the answer and in the log.", proof: "users" },
      { title: "Send a group", body: "A POST to /Groups with a displayName, and members by the ids that /Users has given.", proof: "groups" },
    ],
  },
};
