-- step: As printed
CREATE TABLE users (
  user_id VARCHAR(10) PRIMARY KEY,
  username VARCHAR(50) UNIQUE NOT NULL,
  email VARCHAR(255) UNIQUE NOT NULL,
  signup_date TIMESTAMP NOT NULL,
  last_login_date TIMESTAMP,
  post_count INTEGER DEFAULT 0,
  is_active BOOLEAN DEFAULT TRUE
);

CREATE TABLE user_preferences (
  user_id VARCHAR(10) REFERENCES users(user_id),
  theme VARCHAR(50) DEFAULT 'Light',
  email_notifications BOOLEAN DEFAULT TRUE,
  mobile_notifications BOOLEAN DEFAULT FALSE,
  PRIMARY KEY (user_id)
);

CREATE TABLE user_roles (
  user_id VARCHAR(10) REFERENCES users(user_id),
  role VARCHAR(50) NOT NULL,
  PRIMARY KEY (user_id, role)
);

-- step: In a place of their own
CREATE SCHEMA guide;
SET search_path = guide;

CREATE TABLE users (
  user_id VARCHAR(10) PRIMARY KEY,
  username VARCHAR(50) UNIQUE NOT NULL,
  email VARCHAR(255) UNIQUE NOT NULL,
  signup_date TIMESTAMP NOT NULL,
  last_login_date TIMESTAMP,
  post_count INTEGER DEFAULT 0,
  is_active BOOLEAN DEFAULT TRUE
);

CREATE TABLE user_preferences (
  user_id VARCHAR(10) REFERENCES users(user_id),
  theme VARCHAR(50) DEFAULT 'Light',
  email_notifications BOOLEAN DEFAULT TRUE,
  mobile_notifications BOOLEAN DEFAULT FALSE,
  PRIMARY KEY (user_id)
);

CREATE TABLE user_roles (
  user_id VARCHAR(10) REFERENCES users(user_id),
  role VARCHAR(50) NOT NULL,
  PRIMARY KEY (user_id, role)
);

INSERT INTO users (user_id, username, email, signup_date)
VALUES ('U12345', 'johndoe', 'john@example.com', '2021-03-11');
INSERT INTO user_preferences (user_id, theme)
VALUES ('U12345', 'Dark');
INSERT INTO user_roles
VALUES ('U12345', 'User'), ('U12345', 'Editor');

-- step: A preference of nobody
INSERT INTO user_preferences (user_id, theme)
VALUES ('U99999', 'Dark');

-- step: An address twice
INSERT INTO users (user_id, username, email, signup_date)
VALUES ('U12346', 'janedoe', 'john@example.com', '2021-03-12');
