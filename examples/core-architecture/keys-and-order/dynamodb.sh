# step: The newest three
aws dynamodb query \
  --table-name UserPosts \
  --key-condition-expression 'UserID = :user' \
  --expression-attribute-values '{":user": {"S": "U12345"}}' \
  --projection-expression 'PostDate, Title' \
  --no-scan-index-forward \
  --limit 3

# step: Without the first part of the key
aws dynamodb query \
  --table-name UserPosts \
  --key-condition-expression 'PostDate > :date' \
  --expression-attribute-values '{":date": {"S": "2024-12-31"}}'

# step: Numbers written as text
aws dynamodb batch-write-item --request-items '{
  "App": [
    {"PutRequest": {"Item": {"PK": {"S": "LIST"}, "SK": {"S": "2"}}}},
    {"PutRequest": {"Item": {"PK": {"S": "LIST"}, "SK": {"S": "10"}}}},
    {"PutRequest": {"Item": {"PK": {"S": "LIST"}, "SK": {"S": "1"}}}}
  ]
}'

aws dynamodb query \
  --table-name App \
  --key-condition-expression 'PK = :list' \
  --expression-attribute-values '{":list": {"S": "LIST"}}'

# step: Only some in the index
aws dynamodb batch-write-item --request-items '{
  "App": [
    {"PutRequest": {"Item": {
      "PK": {"S": "NOTE#1"}, "SK": {"S": "NOTE"},
      "Tag": {"S": "Draft"}, "PostDate": {"S": "2025-01-01"}
    }}},
    {"PutRequest": {"Item": {
      "PK": {"S": "NOTE#2"}, "SK": {"S": "NOTE"},
      "Tag": {"S": "Draft"}, "PostDate": {"S": "2025-01-02"}
    }}},
    {"PutRequest": {"Item": {
      "PK": {"S": "NOTE#3"}, "SK": {"S": "NOTE"},
      "PostDate": {"S": "2025-01-03"}
    }}}
  ]
}'

aws dynamodb query \
  --table-name App \
  --index-name PostsByTag \
  --key-condition-expression 'Tag = :tag' \
  --expression-attribute-values '{":tag": {"S": "Draft"}}'
