-- Views for people who query the store; made anew whenever it is opened for writing.
DROP VIEW IF EXISTS all_claims;
DROP VIEW IF EXISTS tracked_claims;
DROP VIEW IF EXISTS daily;
DROP VIEW IF EXISTS gains;

-- Every claim, placed or not, without its geometry.
CREATE VIEW all_claims AS
  SELECT {claim_columns} FROM claims
  UNION ALL
  SELECT {claim_columns} FROM unlocated;

-- The same with its event and novelty.
CREATE VIEW tracked_claims AS
  SELECT c.*, e.event_id, coalesce(e.novelty, 1) AS novelty, e.mood, e.ground
  FROM all_claims c LEFT JOIN event_claims e ON e.claim_id = c.claim_id;

-- Claims a day by side, type and status, and how many of them were news.
CREATE VIEW daily AS
  SELECT report_date, actor_side, claim_type, status, count(*) AS n_claims, round(sum(novelty), 2) AS news
  FROM tracked_claims WHERE repeat_of IS NULL
  GROUP BY report_date, actor_side, claim_type, status;

-- Events of ground gained that somebody says happened.
CREATE VIEW gains AS
  SELECT * FROM events
  WHERE mood = 'said' AND claim_type IN ('advance', 'seizure', 'entry', 'infiltration');
