-- step: What is loaded
SELECT extname FROM pg_extension;

-- step: What is on the shelf
SELECT wanted AS "the guide lists",
       a.name IS NOT NULL AS "on the shelf"
  FROM unnest(ARRAY['postgis', 'pgvector', 'timescaledb',
                    'pg_stat_statements', 'hll'])
       WITH ORDINALITY AS guide (wanted, place)
  LEFT JOIN pg_available_extensions a ON a.name = wanted
 ORDER BY place;

-- step: Take one down
CREATE EXTENSION pg_trgm;

SELECT name, round(similarity(name, 'Replicaton')::numeric, 2)
       AS likeness
  FROM tags
 WHERE name % 'Replicaton'
 ORDER BY likeness DESC;

-- step: Order what is elsewhere
CREATE EXTENSION postgis;

CREATE EXTENSION pgvector;

CREATE EXTENSION timescaledb;

CREATE EXTENSION hll;
