// Places an order with a hub in JSON over HTTP, and watches it until a node works on it. Node's own modules only.
//
//   node client.js URL TOKEN [REFERENCE]

const { randomUUID } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");

const [url, token, reference = `node-${Date.now()}`] = process.argv.slice(2);
const order = JSON.parse(readFileSync(join(__dirname, "order.json"), "utf8"));
const WITH_A_NODE = ["RELEASED", "ACCEPTED", "PICKED", "PACKED", "SHIPPED", "DELIVERED"];

// Calls; where the hub asks to come again, or cannot be reached, the same request is sent again.
async function call(path, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", "request-timeout": "30" };
  const method = body ? "POST" : "GET";
  for (let attempt = 0; attempt < 5; attempt++) {
    let response;
    try {
      response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    } catch {
      await pause(1000 * 2 ** attempt);
      continue;
    }
    if (response.ok) return response;
    const again = response.headers.get("retry-after");
    if (again === null) throw new Error(`refused with ${response.status}: ${await response.text()}`);
    await pause(1000 * Number(again));
  }
  throw new Error("the hub could not be reached");
}

// The objects of a stream, one per line.
async function* lines(response) {
  const decoder = new TextDecoder();
  let kept = "";
  for await (const piece of response.body) {
    const parts = (kept + decoder.decode(piece, { stream: true })).split("\n");
    kept = parts.pop();
    for (const line of parts) yield JSON.parse(line);
  }
}

async function main() {
  const placing = { requestId: randomUUID(), order: { ...order, channelReference: reference } };
  const placed = (await (await call("/v1/orders", placing)).json()).order;
  console.log(`placed ${reference} as ${placed.orderId}`);
  for await (const answer of lines(await call(`/v1/orders/${placed.orderId}:watch`))) {
    const slices = answer.order.lines.flatMap((line) => line.slices);
    const states = slices.map((one) => one.state.replace("SLICE_STATE_", ""));
    console.log(`version ${answer.order.version}: ${slices.map((one, i) => `${one.quantity} ${states[i]}`).join(", ")}`);
    if (states.length && states.every((state) => WITH_A_NODE.includes(state))) return;
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
