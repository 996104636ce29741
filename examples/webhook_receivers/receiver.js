// A receiver of webhooks: verifies what comes, takes each event once, and answers quickly.
// node receiver.js PORT SECRET
"use strict";

const crypto = require("node:crypto");
const http = require("node:http");

const LARGEST_BYTES = 1_000_000;
const TOLERANCE_SECONDS = 300;
const [port, secret] = process.argv.slice(2);
const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
const seen = new Set(); // a real receiver keeps the ids in its database, in the transaction that takes the event in

function verified(headers, content) {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
  const expected = crypto.createHmac("sha256", key).update(`${id}.${timestamp}.`).update(content).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((signature) => {
    const [version, text] = signature.split(",");
    const made = Buffer.from(text ?? "", "base64");
    return version === "v1" && made.length === expected.length && crypto.timingSafeEqual(made, expected);
  });
}

http
  .createServer(async (request, response) => {
    const pieces = [];
    let size = 0;
    for await (const piece of request) {
      size += piece.length;
      if (size > LARGEST_BYTES) return response.writeHead(413).end();
      pieces.push(piece);
    }
    const content = Buffer.concat(pieces);
    if (!verified(request.headers, content)) return response.writeHead(401).end();
    const id = request.headers["webhook-id"];
    if (!seen.has(id)) {
      seen.add(id);
      const body = JSON.parse(content);
      console.log(body.type, body.event?.orderId ?? "");
    }
    return response.writeHead(204).end();
  })
  .listen(Number(port), "127.0.0.1");
