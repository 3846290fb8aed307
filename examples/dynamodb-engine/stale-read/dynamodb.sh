# step: Write, then read
aws dynamodb update-item \
  --table-name Inventory \
  --key '{"ProductID": {"S": "P9012"}}' \
  --update-expression 'SET Stock = Stock + :arrived' \
  --expression-attribute-values '{":arrived": {"N": "30"}}'

aws dynamodb get-item \
  --table-name Inventory \
  --key '{"ProductID": {"S": "P9012"}}'

# step: Read consistently
aws dynamodb get-item \
  --table-name Inventory \
  --key '{"ProductID": {"S": "P9012"}}' \
  --consistent-read

# step: Trust what was read
aws dynamodb update-item \
  --table-name Inventory \
  --key '{"ProductID": {"S": "P9012"}}' \
  --update-expression 'SET Stock = :left' \
  --condition-expression 'Stock = :seen' \
  --expression-attribute-values '{":seen": {"N": "1"}, ":left": {"N": "0"}}'

# step: A second later
aws dynamodb get-item \
  --table-name Inventory \
  --key '{"ProductID": {"S": "P9012"}}'
