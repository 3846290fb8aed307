import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

interface Order {
  CustomerID: string;
  Amount: number;
  Status: string;
  CreatedAt: string;
}
const allOrders = async () => {
  const found: Order[] = [];
  for await (const { Items } of paginateScan(
    { client: db },
    {
      TableName: 'Orders',
      ProjectionExpression: 'CustomerID, Amount, #s, CreatedAt',
      ExpressionAttributeNames: { '#s': 'Status' },
    },
  ))
    found.push(...((Items ?? []) as Order[]));
  return found;
};
const cents = (order: Order) => Math.round(order.Amount * 100);
const money = (sum: number) => (sum / 100).toFixed(2);

// step: Revenue by month, with totals
const sums = new Map<string, number>();
for (const order of await allOrders()) {
  if (order.CreatedAt < '2024-11-01') continue;
  if (!['Delivered', 'Shipped'].includes(order.Status))
    continue;
  const month = order.CreatedAt.slice(0, 7);
  for (const group of [
    `${month} ${order.Status}`,
    `${month} all`,
    'all all',
  ])
    sums.set(group, (sums.get(group) ?? 0) + cents(order));
}
for (const [group, sum] of [...sums].sort())
  console.log(group, money(sum));

// step: The three best customers, and their share
const customers = new Map<string, number>();
let total = 0;
for (const order of await allOrders()) {
  const before = customers.get(order.CustomerID) ?? 0;
  customers.set(order.CustomerID, before + cents(order));
  total += cents(order);
}
const best = [...customers].sort((a, b) => b[1] - a[1]);
best.slice(0, 3).forEach(([customer, sum], i) => {
  const share = ((100 * sum) / total).toFixed(1);
  console.log(customer, money(sum), i + 1, share);
});
