import { describe, expect, it } from "vitest";
import type { Exchange } from "../api/bindings";
import { asCurl, asHttp, asPowerShell } from "./copyAs";

const exchange: Exchange = {
  method: "PATCH",
  path: "/scim/v2/t/Users/1?attributes=title",
  headers: [
    { name: "host", value: "127.0.0.1:9000" },
    { name: "authorization", value: "Bearer ••••" },
    { name: "content-type", value: "application/scim+json" },
    { name: "content-length", value: "17" },
  ],
  requestBody: `{"nickName":"O'Neil $x \`y\`"}`,
  status: 200,
  responseBody: null,
  truncatedBytes: 0,
};

describe("a request as a command", () => {
  it("is quoted for a shell, with a place for the token", () => {
    expect(asCurl(exchange)).toBe(
      [
        "curl -X 'PATCH' 'http://127.0.0.1:9000/scim/v2/t/Users/1?attributes=title'",
        "-H 'authorization: Bearer <token>'",
        "-H 'content-type: application/scim+json'",
        `--data-raw '{"nickName":"O'\\''Neil $x \`y\`"}'`,
      ].join(" \\\n  "),
    );
  });

  it("is quoted for PowerShell", () => {
    const command = asPowerShell(exchange);
    expect(command).toContain("-ContentType 'application/scim+json'");
    expect(command).toContain(`GetBytes('{"nickName":"O''Neil $x \`y\`"}')`);
    expect(command).toContain("-Headers @{ 'authorization' = 'Bearer <token>' }");
  });

  it("is a request as it goes over the wire", () => {
    expect(asHttp({ ...exchange, requestBody: null })).toBe(
      "PATCH /scim/v2/t/Users/1?attributes=title HTTP/1.1\nHost: 127.0.0.1:9000\nauthorization: Bearer <token>\ncontent-type: application/scim+json\n\n",
    );
  });
});
