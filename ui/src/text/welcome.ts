// The first run, in four steps.

export const welcome = {
  title: "Let’s connect an identity provider",
  lead: "Four steps to a first report. Each can be left, and what is done stays done.",
  step: (at: number) => `Step ${at} of 4`,
  names: ["Server", "Token", "Identity provider", "First test sync"] as const,
  progress: "Steps",
  done: "done",
  back: "Back",
  skip: "Skip for now",
  next: "Continue",
  finish: "Go to the overview",

  serverTitle: "Let this console take people from an identity provider",
  serverBody: "Turns on User Provisioning with SCIM. Test Mode is on from the start: syncs make reports and change nothing.",
  serverAct: "Turn on User Provisioning",
  serverDone: "User Provisioning is on, and the server listens.",

  tokenTitle: "Generate a SCIM token",
  tokenBody: "Your identity provider uses it to sign in. It is shown once.",
  tokenDone: "A token is in force.",

  providerTitle: "Which identity provider do you have?",
  providerBody: "Its guide has the values of this console to paste. This step is done when its first request has arrived.",
  providers: { entra: "Microsoft Entra ID, cloud app", entraAgent: "Microsoft Entra ID, on-premises agent", okta: "Okta", oneLogin: "OneLogin", other: "Another one" },
  practice: "Practice identity provider – no account needed",
  openPractice: "Open it, paste the token, and run a cycle",
  openGuide: "Open the guide",
  waiting: "Waiting for its first request…",
  providerDone: "Your identity provider has sent a request.",

  syncTitle: "Run the first test sync",
  syncBody: "Compares what has arrived with the accounts of this console, and makes a report. Nothing is changed.",
  syncAct: "Run a test sync",
  syncDone: "There is a report.",
  openReport: "Open the report",
  live: "Test Mode is off. Turn it on first if this sync should change nothing.",
} as const;
