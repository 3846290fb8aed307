ALTER TABLE users ADD best_score int;
CREATE TABLE games (
  game_id int PRIMARY KEY,
  turn int NOT NULL,
  last_move text NOT NULL
);
INSERT INTO games VALUES (1, 4, 'e4');

-- step: 900 points
UPDATE users
   SET best_score = GREATEST(best_score, 900)
 WHERE user_id = 'U12345';

-- step: 700 points arrive late
UPDATE users
   SET best_score = GREATEST(best_score, 700)
 WHERE user_id = 'U12345';

-- step: Two moves at turn 4
UPDATE games
   SET turn = 5, last_move = 'Nf3'
 WHERE game_id = 1 AND turn = 4;

UPDATE games
   SET turn = 5, last_move = 'd4'
 WHERE game_id = 1 AND turn = 4;
