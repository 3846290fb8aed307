# step: A user with all posts
aws dynamodb query \
  --table-name App \
  --key-condition-expression 'PK = :user' \
  --expression-attribute-values '{":user": {"S": "USER#U12345"}}' \
  --projection-expression 'SK, Username, Title'

# step: The same from two tables
aws dynamodb get-item \
  --table-name Users \
  --key '{"UserID": {"S": "U12345"}}'

aws dynamodb query \
  --table-name UserPosts \
  --key-condition-expression 'UserID = :user' \
  --expression-attribute-values '{":user": {"S": "U12345"}}' \
  --projection-expression 'PostDate, Title'

# step: All pending orders, from one table
# One command; the CLI asks for page after page by itself.
aws dynamodb scan \
  --table-name App \
  --filter-expression 'begins_with(SK, :o) AND #s = :pending' \
  --expression-attribute-names '{"#s": "Status"}' \
  --expression-attribute-values '{
    ":o": {"S": "ORDER#"},
    ":pending": {"S": "Pending"}
  }' \
  --projection-expression OrderID

# step: All pending orders, from their own
aws dynamodb query \
  --table-name Orders \
  --index-name OrdersByStatus \
  --key-condition-expression '#s = :pending' \
  --expression-attribute-names '{"#s": "Status"}' \
  --expression-attribute-values '{":pending": {"S": "Pending"}}'
