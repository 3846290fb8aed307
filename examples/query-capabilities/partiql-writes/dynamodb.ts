import {
  DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const run = (Statement: string) =>
  client.send(new ExecuteStatementCommand({ Statement }));

// step: INSERT
const insert = `
  INSERT INTO "Inventory"
  VALUE {'ProductID': 'P9021', 'Name': 'Sealing wax',
         'Price': 4.5, 'Stock': 10}`;
await run(insert);

// step: The same INSERT again
await run(insert);

// step: Change one by its key
await run(`
  UPDATE "Inventory"
     SET Stock = Stock + 1
   WHERE ProductID = 'P9021'`);

// step: Change without the key
await run(`
  UPDATE "Inventory"
     SET Stock = 0
   WHERE Price < 4`);

// step: Count them
await run('SELECT COUNT(*) FROM "Inventory"');

// step: Join them
await run(`
  SELECT *
    FROM "Orders" o
    JOIN "Customers" c ON c.CustomerID = o.CustomerID`);
