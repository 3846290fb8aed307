CREATE INDEX posts_by_author ON posts (user_id, post_date);

-- step: A month of one author
SELECT post_id, post_date
  FROM posts
 WHERE user_id = 'U12345'
   AND post_date BETWEEN '2024-04-01Z' AND '2024-05-01Z'
 ORDER BY post_date;

-- step: A month of everybody
CREATE INDEX posts_by_date ON posts (post_date);

SELECT count(views)
  FROM posts
 WHERE post_date BETWEEN '2024-04-01Z' AND '2024-05-01Z';

-- step: Read the author's posts
SELECT post_id, views
  FROM posts
 WHERE user_id = 'U12345'
 ORDER BY post_date;

-- step: Only count them
SELECT count(*) FROM posts WHERE user_id = 'U12345';

-- step: Ask for a sum
SELECT sum(views), round(avg(views), 1) AS average
  FROM posts
 WHERE user_id = 'U12345';
