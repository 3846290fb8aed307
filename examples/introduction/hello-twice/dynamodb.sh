# step: Read one user
aws dynamodb get-item \
  --table-name Users \
  --key '{"UserID": {"S": "U12345"}}'
