# step: One write
aws dynamodb put-item --table-name Orders --item '{
  "OrderID": {"S": "O1234"},
  "CustomerID": {"S": "C5678"},
  "Amount": {"N": "8.9"}
}' \
  --condition-expression 'attribute_not_exists(OrderID)'

# step: The same in a transaction
aws dynamodb transact-write-items --transact-items '[{
  "Put": {
    "TableName": "Orders",
    "Item": {
      "OrderID": {"S": "O1235"},
      "CustomerID": {"S": "C5678"},
      "Amount": {"N": "8.9"}
    },
    "ConditionExpression": "attribute_not_exists(OrderID)"
  }
}]'

# step: With an index
# Status and CreatedAt are the key of the index OrdersByStatus.
aws dynamodb put-item --table-name Orders --item '{
  "OrderID": {"S": "O1236"},
  "CustomerID": {"S": "C5678"},
  "Amount": {"N": "8.9"},
  "Status": {"S": "Paid"},
  "CreatedAt": {"S": "2025-01-01T09:00:00Z"}
}' \
  --condition-expression 'attribute_not_exists(OrderID)'

aws dynamodb transact-write-items --transact-items '[{
  "Put": {
    "TableName": "Orders",
    "Item": {
      "OrderID": {"S": "O1237"},
      "CustomerID": {"S": "C5678"},
      "Amount": {"N": "8.9"},
      "Status": {"S": "Paid"},
      "CreatedAt": {"S": "2025-01-01T09:00:00Z"}
    },
    "ConditionExpression": "attribute_not_exists(OrderID)"
  }
}]'

# step: A write that is refused
aws dynamodb transact-write-items --transact-items '[{
  "Put": {
    "TableName": "Orders",
    "Item": {
      "OrderID": {"S": "O1234"},
      "CustomerID": {"S": "C5678"},
      "Amount": {"N": "8.9"}
    },
    "ConditionExpression": "attribute_not_exists(OrderID)"
  }
}]'

# step: Read it again
aws dynamodb get-item \
  --table-name Orders \
  --key '{"OrderID": {"S": "O1234"}}' \
  --consistent-read

aws dynamodb transact-get-items --transact-items '[
  {"Get": {"TableName": "Orders", "Key": {"OrderID": {"S": "O1234"}}}}
]'
