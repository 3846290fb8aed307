# step: Take the last one
aws dynamodb transact-write-items --transact-items '[
  {
    "Put": {
      "TableName": "Orders",
      "Item": {
        "OrderID": {"S": "O1234"},
        "CustomerID": {"S": "C5678"},
        "Amount": {"N": "99.95"},
        "Status": {"S": "Pending"}
      },
      "ConditionExpression": "attribute_not_exists(OrderID)"
    }
  },
  {
    "Update": {
      "TableName": "Customers",
      "Key": {"CustomerID": {"S": "C5678"}},
      "UpdateExpression": "SET OrderCount = OrderCount + :inc",
      "ExpressionAttributeValues": {":inc": {"N": "1"}}
    }
  },
  {
    "Update": {
      "TableName": "Inventory",
      "Key": {"ProductID": {"S": "P9012"}},
      "UpdateExpression": "SET Stock = Stock - :qty",
      "ConditionExpression": "Stock >= :qty",
      "ExpressionAttributeValues": {":qty": {"N": "1"}}
    }
  }
]'

# step: Try again with none left
aws dynamodb transact-write-items --transact-items '[
  {
    "Put": {
      "TableName": "Orders",
      "Item": {
        "OrderID": {"S": "O1235"},
        "CustomerID": {"S": "C5678"},
        "Amount": {"N": "99.95"},
        "Status": {"S": "Pending"}
      },
      "ConditionExpression": "attribute_not_exists(OrderID)"
    }
  },
  {
    "Update": {
      "TableName": "Customers",
      "Key": {"CustomerID": {"S": "C5678"}},
      "UpdateExpression": "SET OrderCount = OrderCount + :inc",
      "ExpressionAttributeValues": {":inc": {"N": "1"}}
    }
  },
  {
    "Update": {
      "TableName": "Inventory",
      "Key": {"ProductID": {"S": "P9012"}},
      "UpdateExpression": "SET Stock = Stock - :qty",
      "ConditionExpression": "Stock >= :qty",
      "ExpressionAttributeValues": {":qty": {"N": "1"}}
    }
  }
]'

# step: Nothing half done
aws dynamodb transact-get-items --transact-items '[
  {"Get": {"TableName": "Orders", "Key": {"OrderID": {"S": "O1234"}}}},
  {"Get": {"TableName": "Orders", "Key": {"OrderID": {"S": "O1235"}}}},
  {"Get": {"TableName": "Customers", "Key": {"CustomerID": {"S": "C5678"}}}},
  {"Get": {"TableName": "Inventory", "Key": {"ProductID": {"S": "P9012"}}}}
]'
