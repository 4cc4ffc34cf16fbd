-- Tables of the store beside the layers. Dates are text, YYYY-MM-DD. docs/store.md tells every column.

-- What the store says about itself: version, revision, settings.
CREATE TABLE frontmap_store (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The content that each document was read with: what is unchanged is not read again.
CREATE TABLE document_content (
  doc_id TEXT PRIMARY KEY,
  content TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX document_content_by_content ON document_content (content);

-- Which event each claim belongs to, and how new it was.
CREATE TABLE event_claims (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  claim_id TEXT NOT NULL,
  doc_id TEXT NOT NULL,
  event_id TEXT,
  novelty REAL NOT NULL DEFAULT 1,
  site TEXT,
  actor_side TEXT NOT NULL,
  claim_type TEXT NOT NULL,
  mood TEXT NOT NULL,
  ground TEXT NOT NULL,
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  report_date DATE NOT NULL,
  place_id TEXT NOT NULL,
  n_reports INTEGER NOT NULL DEFAULT 1,
  n_sources INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_claims_by_claim ON event_claims (claim_id);
CREATE INDEX event_claims_by_document ON event_claims (doc_id);
CREATE INDEX event_claims_by_event ON event_claims (event_id);
CREATE INDEX event_claims_by_day ON event_claims (site, actor_side, claim_type, mood, ground, last_day);
CREATE INDEX event_claims_by_report ON event_claims (site, actor_side, claim_type, mood, ground, report_date);
CREATE INDEX event_claims_by_place ON event_claims (place_id, report_date);

-- Places that are one site, because they lie closer than the rule's distance, have the same site.
CREATE TABLE sites (
  place_id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  settlement INTEGER NOT NULL,
  lon REAL,
  lat REAL
) WITHOUT ROWID;

-- Claims by place and day of the report, repeats left out.
CREATE TABLE place_days (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  place_id TEXT NOT NULL,
  report_date DATE NOT NULL,
  n_claims INTEGER NOT NULL,
  n_gains INTEGER NOT NULL,
  n_ru INTEGER NOT NULL,
  n_ua INTEGER NOT NULL,
  n_advance INTEGER NOT NULL,
  n_seizure INTEGER NOT NULL,
  n_entry INTEGER NOT NULL,
  n_infiltration INTEGER NOT NULL,
  n_attack INTEGER NOT NULL,
  n_counterattack INTEGER NOT NULL,
  n_clash INTEGER NOT NULL,
  n_repelled INTEGER NOT NULL,
  n_withdrawal INTEGER NOT NULL,
  n_control INTEGER NOT NULL,
  n_strike INTEGER NOT NULL,
  n_presence INTEGER NOT NULL,
  n_docs INTEGER NOT NULL,
  best_status TEXT,
  uncertainty_m INTEGER
);
CREATE UNIQUE INDEX place_days_by_place ON place_days (place_id, report_date);

-- Ids that were in an earlier revision and no longer are, so that published copies can be updated.
CREATE TABLE deleted (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id TEXT NOT NULL,
  what TEXT NOT NULL,
  doc_id TEXT,
  revision INTEGER NOT NULL
);
CREATE UNIQUE INDEX deleted_by_id ON deleted (id);

-- What corrections changed.
CREATE TABLE corrections (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  revision INTEGER NOT NULL,
  doc_id TEXT NOT NULL,
  place_text TEXT NOT NULL,
  old_place_id TEXT,
  new_place_id TEXT,
  mentions INTEGER NOT NULL,
  claims INTEGER NOT NULL
);
CREATE INDEX corrections_by_document ON corrections (doc_id);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES
  ('event_claims', 'attributes', 'event_claims', 'Which event each claim belongs to, and how new it was'),
  ('place_days', 'attributes', 'place_days', 'Claims by place and day of the report'),
  ('deleted', 'attributes', 'deleted', 'Ids that earlier revisions had'),
  ('corrections', 'attributes', 'corrections', 'What corrections changed');

CREATE INDEX claims_by_id ON claims (claim_id);
CREATE INDEX claims_by_document ON claims (doc_id);
CREATE INDEX areas_by_id ON areas (claim_id);
CREATE INDEX areas_by_document ON areas (doc_id);
CREATE INDEX unlocated_by_id ON unlocated (claim_id);
CREATE INDEX unlocated_by_document ON unlocated (doc_id);
CREATE INDEX mentions_by_document ON mentions (doc_id);
CREATE INDEX mentions_by_place ON mentions (place_id, report_date);
CREATE INDEX documents_by_id ON documents (doc_id);
CREATE INDEX events_by_id ON events (event_id);
CREATE INDEX places_by_id ON places (place_id);
