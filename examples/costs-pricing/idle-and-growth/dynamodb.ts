// us-east-1: on demand and storage of 29 September 2026,
// provisioned of 30 July 2026. A month has 730 hours.
const write = { million: 0.625, unitHour: 0.00065 };
const storage = 0.25;
const HOURS = 730;
const FREE_GIGABYTES = 25;

const dollars = (usd: number) =>
  `$${(Math.round(usd * 100 + 1e-6) / 100).toFixed(2)}`;

/** Dollars a month for so many writes of 1 KB a second. */
const onDemand = (perSecond: number) =>
  (perSecond * 3600 * HOURS * write.million) / 1_000_000;
const provisioned = (units: number) =>
  units * HOURS * write.unitHour;

// step: Nobody comes
const stored = 10 * storage;
const afterFree = Math.max(0, 10 - FREE_GIGABYTES) * storage;
console.log(
  `On demand ${dollars(onDemand(0) + stored)},`,
  `with the free tier ${dollars(onDemand(0) + afterFree)}`,
);
console.log(
  `5 write units ${dollars(provisioned(5) + stored)}`,
);

// step: Ten times, a hundred times
for (const perSecond of [1, 10, 100]) {
  console.log(
    `${perSecond} a second:`,
    `on demand ${dollars(onDemand(perSecond))},`,
    `100 units ${dollars(provisioned(100))}`,
  );
}
