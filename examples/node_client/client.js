// Places an order with a hub, watches it until its goods are on their way, and lists the stock of what was ordered.
//
//   npm ci && node client.js HOST:PORT TOKEN [REFERENCE]
//
// `generated/contracts.binpb` holds all of `protos/` with what it imports, compiled; nothing else is needed to speak to
// a hub.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const [address, token, reference = `node-${Date.now()}`] = process.argv.slice(2);
if (!token) {
  console.error("usage: node client.js HOST:PORT TOKEN [REFERENCE]");
  process.exit(2);
}

const compiled = readFileSync(new URL("../../generated/contracts.binpb", import.meta.url));
const types = protoLoader.loadFileDescriptorSetFromBuffer(compiled, {
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
});
const { crossdock } = grpc.loadPackageDefinition(types);
const credentials = grpc.credentials.createInsecure();
const orders = new crossdock.orders.v1.OrderService(address, credentials);
const inventory = new crossdock.inventory.v1.InventoryService(address, credentials);
const metadata = new grpc.Metadata();
metadata.set("authorization", `Bearer ${token}`);

// A unary call as a promise, with a deadline.
function call(client, method, request) {
  const deadline = Date.now() + 30_000;
  return new Promise((resolve, reject) => {
    client[method](request, metadata, { deadline }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

const euro = (units) => ({ currency_code: "EUR", units, nanos: 0 });

// Repeating a request under its request_id gets the answer of the first: safe when a connection breaks.
async function place() {
  const draft = {
    channel_id: "WEB-NL",
    channel_reference: reference,
    currency_code: "EUR",
    lines: [{ sku: "MUG-BLUE", quantity: 2, unit_price: euro(12) }],
    charges: [{ code: "SHIPPING", amount: euro(5) }],
    instruments: [{ holder: "INSTRUMENT_HOLDER_HUB", kind: "CARD", token: "tok_visa" }],
    customer: {
      name: "Noor Example",
      email: "noor@example.com",
      address: { street_lines: ["Kade 1"], city: "Utrecht", postal_code: "3511 AA", country_code: "NL" },
    },
  };
  return (await call(orders, "PlaceOrder", { request_id: randomUUID(), order: draft })).order;
}

// The stream sends the order as it stands, then again after each change.
function watch(orderId, until) {
  return new Promise((resolve, reject) => {
    const stream = orders.WatchOrder({ order_id: orderId }, metadata);
    stream.on("data", ({ order }) => {
      const slices = order.lines.flatMap((line) => line.slices);
      const told = slices.map((slice) => `${slice.quantity} ${slice.state.replace("SLICE_STATE_", "")}`);
      console.log(`version ${order.version}: ${order.state.replace("ORDER_STATE_", "")}, ${told.join(", ")}`);
      if (until(slices)) {
        stream.cancel();
        resolve(order);
      }
    });
    stream.on("error", (error) => error.code !== grpc.status.CANCELLED && reject(error));
    stream.on("end", () => reject(new Error("the order ended")));
  });
}

const WITH_A_NODE = ["RELEASED", "ACCEPTED", "PICKED", "PACKED", "SHIPPED", "DELIVERED"];
const order = await place();
console.log(`placed ${order.channel_reference} as ${order.order_id}`);
await watch(order.order_id, (slices) =>
  slices.every((slice) => WITH_A_NODE.includes(slice.state.replace("SLICE_STATE_", ""))),
);
const { stock } = await call(inventory, "ListStock", { skus: order.lines.map((line) => line.sku) });
for (const one of stock) {
  console.log(`${one.sku} at ${one.node_id}: ${one.on_hand} on hand, ${one.available} to sell`);
}
orders.close();
inventory.close();
