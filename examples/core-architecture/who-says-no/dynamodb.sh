# step: No key
aws dynamodb put-item \
  --table-name Users \
  --item '{"Username": {"S": "nobody"}}'

# step: A key of the wrong type
aws dynamodb put-item \
  --table-name UserPosts \
  --item '{"UserID": {"S": "U12345"}, "PostDate": {"N": "20240310"}}'

# step: A customer who does not exist
aws dynamodb put-item \
  --table-name Orders \
  --item 'OrderID={S=O1234},CustomerID={S=C0000}'

# step: An address that is taken
aws dynamodb put-item --table-name Users --item '{
  "UserID": {"S": "U99999"},
  "Username": {"S": "janedoe"},
  "Email": {"S": "john@example.com"}
}'

# step: A stock of 'ten'
aws dynamodb put-item \
  --table-name Inventory \
  --item 'ProductID={S=P9012},Stock={S=ten}'

# step: And the day after
aws dynamodb update-item \
  --table-name Inventory \
  --key 'ProductID={S=P9012}' \
  --update-expression 'SET Stock = Stock - :one' \
  --expression-attribute-values '{":one": {"N": "1"}}'
