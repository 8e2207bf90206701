// A request of the log as a command that sends it again. The token is never in the log: it has to
// be put in by whoever sends it.

import type { Exchange } from "../api/bindings";

const TOKEN = "<token>";

/** Headers that the tool sets itself. */
const OWN = new Set(["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "expect"]);

function parts({ method, path, headers, requestBody }: Exchange) {
  const host = headers.find(({ name }) => name.toLowerCase() === "host")?.value ?? "127.0.0.1:8443";
  const kept = headers
    .filter(({ name }) => !OWN.has(name.toLowerCase()))
    .map(({ name, value }) => ({ name, value: name.toLowerCase() === "authorization" ? `Bearer ${TOKEN}` : value }));
  return { method, url: `http://${host}${path}`, host, path, headers: kept, body: requestBody ?? "" };
}

/** For a POSIX shell: everything is between single quotes. */
export function asCurl(exchange: Exchange): string {
  const { method, url, headers, body } = parts(exchange);
  const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  const lines = [
    `curl -X ${quote(method)} ${quote(url)}`,
    ...headers.map(({ name, value }) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${quote(body)}`] : []),
  ];
  return lines.join(" \\\n  ");
}

/** For PowerShell 5 and later: a body goes as UTF-8 bytes, or letters beyond ASCII would be lost. */
export function asPowerShell(exchange: Exchange): string {
  const { method, url, headers, body } = parts(exchange);
  const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const type = headers.find(({ name }) => name.toLowerCase() === "content-type")?.value;
  const others = headers.filter(({ name }) => name.toLowerCase() !== "content-type");
  const lines = [
    `Invoke-RestMethod -Method ${quote(method)} -Uri ${quote(url)}`,
    `-Headers @{ ${others.map(({ name, value }) => `${quote(name)} = ${quote(value)}`).join("; ")} }`,
    ...(type ? [`-ContentType ${quote(type)}`] : []),
    ...(body ? [`-Body ([Text.Encoding]::UTF8.GetBytes(${quote(body)}))`] : []),
  ];
  return lines.join(" `\n  ");
}

/** As it goes over the wire, and as editors with an HTTP client read it. */
export function asHttp(exchange: Exchange): string {
  const { method, host, path, headers, body } = parts(exchange);
  const head = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...headers.map(({ name, value }) => `${name}: ${value}`)];
  return `${head.join("\n")}\n\n${body}`;
}
