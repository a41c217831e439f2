-- Yizhan's store, version 1. One transaction; numbered files follow each other and are never edited.
--
-- Events are the only door: whoever wants to change a dossier inserts an event. The trigger in front
-- of that table refuses what the flow does not allow; the one behind it lets the rows that lists are
-- read from follow. These rows refuse every change that no new event stands behind.
--
-- The desk lends the connection these functions: yz_actor() who signed in, yz_now() the time, and
-- yz_chain(…) the digest of an event. A tool without them cannot insert anything.
--
-- What RAISE says is read by store-sqlite.c: one word each, never shown to people.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- People and places -------------------------------------------------------------------------------

CREATE TABLE unit (
  code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 16),
  name TEXT NOT NULL CHECK (length(name) > 0),
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 2),
  parent TEXT REFERENCES unit (code)
) STRICT, WITHOUT ROWID;

-- Every unit with all units above it, and itself: who may act for whom.
CREATE TABLE unit_above (
  unit TEXT NOT NULL REFERENCES unit (code),
  above TEXT NOT NULL REFERENCES unit (code),
  PRIMARY KEY (unit, above)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER unit_added AFTER INSERT ON unit BEGIN
  INSERT INTO unit_above (unit, above) VALUES (NEW.code, NEW.code);
  INSERT INTO unit_above (unit, above) SELECT NEW.code, above FROM unit_above WHERE unit = NEW.parent;
END;
CREATE TRIGGER unit_stays BEFORE DELETE ON unit BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER unit_fixed BEFORE UPDATE OF code, level, parent ON unit BEGIN
  SELECT RAISE (ABORT, 'frozen');
END;

CREATE TABLE staff (
  login TEXT PRIMARY KEY CHECK (length(login) BETWEEN 1 AND 32),
  name TEXT NOT NULL CHECK (length(name) > 0),
  unit TEXT NOT NULL REFERENCES unit (code),
  password TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  wait_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_role (
  login TEXT NOT NULL REFERENCES staff (login),
  role TEXT NOT NULL,
  PRIMARY KEY (login, role)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER staff_stays BEFORE DELETE ON staff BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER staff_fixed BEFORE UPDATE OF login, name, unit ON staff BEGIN
  SELECT RAISE (ABORT, 'frozen');
END;
CREATE TRIGGER staff_role_stays BEFORE DELETE ON staff_role BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER staff_role_fixed BEFORE UPDATE ON staff_role BEGIN SELECT RAISE (ABORT, 'frozen'); END;

-- Published rules: frozen, and pinned by each dossier ---------------------------------------------

CREATE TABLE flow (
  code TEXT NOT NULL,
  digest TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  states INTEGER NOT NULL, -- how many rows it has; once they are there, no more are let in
  steps INTEGER NOT NULL,
  exclusions INTEGER NOT NULL,
  PRIMARY KEY (code, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_state (
  flow TEXT NOT NULL,
  digest TEXT NOT NULL,
  id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  level INTEGER NOT NULL,
  PRIMARY KEY (flow, digest, id),
  FOREIGN KEY (flow, digest) REFERENCES flow (code, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_step (
  flow TEXT NOT NULL,
  digest TEXT NOT NULL,
  src TEXT NOT NULL,
  action TEXT NOT NULL,
  role TEXT NOT NULL,
  dst TEXT NOT NULL,
  effect INTEGER NOT NULL,
  note INTEGER NOT NULL,
  basis INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  once INTEGER NOT NULL,
  PRIMARY KEY (flow, digest, src, action, role),
  FOREIGN KEY (flow, digest, src) REFERENCES flow_state (flow, digest, id),
  FOREIGN KEY (flow, digest, dst) REFERENCES flow_state (flow, digest, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_exclusion (
  flow TEXT NOT NULL,
  digest TEXT NOT NULL,
  src TEXT NOT NULL,
  action TEXT NOT NULL,
  role TEXT NOT NULL,
  earlier TEXT NOT NULL,
  PRIMARY KEY (flow, digest, src, action, role, earlier),
  FOREIGN KEY (flow, digest, src, action, role) REFERENCES flow_step (flow, digest, src, action, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE matter (
  code TEXT NOT NULL,
  digest TEXT NOT NULL,
  text TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  materials INTEGER NOT NULL,
  PRIMARY KEY (code, digest)
) STRICT, WITHOUT ROWID;

-- The originals without which a step that asks for completeness is refused.
CREATE TABLE matter_material (
  matter TEXT NOT NULL,
  digest TEXT NOT NULL,
  id TEXT NOT NULL,
  demanded INTEGER NOT NULL,
  PRIMARY KEY (matter, digest, id),
  FOREIGN KEY (matter, digest) REFERENCES matter (code, digest)
) STRICT, WITHOUT ROWID;

-- Frozen: a flow or matter says how many rows it has; they are written with it and never changed.
CREATE TRIGGER flow_frozen BEFORE UPDATE ON flow BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_stays BEFORE DELETE ON flow BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_state_frozen BEFORE UPDATE ON flow_state BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_state_stays BEFORE DELETE ON flow_state BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_step_frozen BEFORE UPDATE ON flow_step BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_step_stays BEFORE DELETE ON flow_step BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_exclusion_frozen BEFORE UPDATE ON flow_exclusion BEGIN
  SELECT RAISE (ABORT, 'frozen');
END;
CREATE TRIGGER flow_exclusion_stays BEFORE DELETE ON flow_exclusion BEGIN
  SELECT RAISE (ABORT, 'frozen');
END;
CREATE TRIGGER matter_frozen BEFORE UPDATE ON matter BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER matter_stays BEFORE DELETE ON matter BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER matter_material_frozen BEFORE UPDATE ON matter_material BEGIN
  SELECT RAISE (ABORT, 'frozen');
END;
CREATE TRIGGER matter_material_stays BEFORE DELETE ON matter_material BEGIN
  SELECT RAISE (ABORT, 'frozen');
END;
CREATE TRIGGER flow_state_closed BEFORE INSERT ON flow_state
WHEN (SELECT count (*) FROM flow_state WHERE flow = NEW.flow AND digest = NEW.digest)
  >= coalesce ((SELECT states FROM flow WHERE code = NEW.flow AND digest = NEW.digest), 0)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_step_closed BEFORE INSERT ON flow_step
WHEN (SELECT count (*) FROM flow_step WHERE flow = NEW.flow AND digest = NEW.digest)
  >= coalesce ((SELECT steps FROM flow WHERE code = NEW.flow AND digest = NEW.digest), 0)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_exclusion_closed BEFORE INSERT ON flow_exclusion
WHEN (SELECT count (*) FROM flow_exclusion WHERE flow = NEW.flow AND digest = NEW.digest)
  >= coalesce ((SELECT exclusions FROM flow WHERE code = NEW.flow AND digest = NEW.digest), 0)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER matter_material_closed BEFORE INSERT ON matter_material
WHEN (SELECT count (*) FROM matter_material WHERE matter = NEW.matter AND digest = NEW.digest)
  >= coalesce ((SELECT materials FROM matter WHERE code = NEW.matter AND digest = NEW.digest), 0)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;

-- The dossier -------------------------------------------------------------------------------------

CREATE TABLE event (
  dossier TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  unit TEXT NOT NULL,
  action TEXT NOT NULL,
  src TEXT NOT NULL,
  dst TEXT NOT NULL,
  note TEXT NOT NULL,
  basis TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid (payload)),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (dossier, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor ON event (actor, at);

CREATE TABLE dossier (
  number TEXT PRIMARY KEY,
  matter TEXT NOT NULL,
  matter_digest TEXT NOT NULL,
  flow TEXT NOT NULL,
  flow_digest TEXT NOT NULL,
  unit TEXT NOT NULL REFERENCES unit (code),
  state TEXT NOT NULL,
  kind INTEGER NOT NULL,
  level INTEGER NOT NULL,
  version INTEGER NOT NULL,
  head TEXT NOT NULL,
  applicant TEXT NOT NULL DEFAULT '',
  applicant_number TEXT NOT NULL DEFAULT '',
  creator TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL DEFAULT 0,
  stage_at INTEGER NOT NULL DEFAULT 0,
  stage_due INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0,
  target INTEGER NOT NULL DEFAULT 0,
  provisional INTEGER NOT NULL DEFAULT 0,
  decided_at INTEGER NOT NULL DEFAULT 0,
  turnaround REAL NOT NULL DEFAULT -1,
  sheets INTEGER NOT NULL DEFAULT 0,
  returns INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (matter, matter_digest) REFERENCES matter (code, digest),
  FOREIGN KEY (flow, flow_digest, state) REFERENCES flow_state (flow, digest, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_inbox ON dossier (unit, flow, flow_digest, state);
CREATE INDEX dossier_due ON dossier (kind, due);
CREATE INDEX dossier_stage_due ON dossier (kind, stage_due);
CREATE INDEX dossier_creator ON dossier (creator, kind);

CREATE TABLE person (
  dossier TEXT NOT NULL REFERENCES dossier (number),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  id_number TEXT NOT NULL,
  relation TEXT NOT NULL,
  PRIMARY KEY (dossier, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_number ON person (id_number);
CREATE INDEX person_name ON person (name);

CREATE TABLE fact (
  dossier TEXT NOT NULL REFERENCES dossier (number),
  id TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (dossier, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet (
  dossier TEXT NOT NULL REFERENCES dossier (number),
  id INTEGER NOT NULL,
  material TEXT NOT NULL,
  position INTEGER NOT NULL,
  digest TEXT NOT NULL CHECK (length (digest) = 64),
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  captured_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('camera', 'import')),
  device TEXT NOT NULL,
  operator TEXT NOT NULL,
  outline TEXT, -- JSON array of eight numbers
  confidence REAL NOT NULL DEFAULT 0,
  dpi INTEGER NOT NULL DEFAULT 0,
  rotation INTEGER NOT NULL DEFAULT 0,
  verdicts TEXT NOT NULL DEFAULT '',
  detached INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (dossier, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_digest ON sheet (digest);

CREATE TABLE pause (
  dossier TEXT NOT NULL REFERENCES dossier (number),
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (dossier, from_at)
) STRICT, WITHOUT ROWID;

-- The next serial of each unit and year; it only ever grows.
CREATE TABLE serial (
  unit TEXT NOT NULL REFERENCES unit (code),
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (unit, year)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER serial_grows BEFORE UPDATE ON serial
WHEN NEW.last <> OLD.last + 1 OR NEW.unit <> OLD.unit OR NEW.year <> OLD.year
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER serial_stays BEFORE DELETE ON serial BEGIN SELECT RAISE (ABORT, 'frozen'); END;

-- Figures -----------------------------------------------------------------------------------------

CREATE TABLE figure_day (
  unit TEXT NOT NULL,
  day INTEGER NOT NULL, -- days since 1970, China time
  received INTEGER NOT NULL DEFAULT 0,
  decided INTEGER NOT NULL DEFAULT 0,
  in_time INTEGER NOT NULL DEFAULT 0,
  returned INTEGER NOT NULL DEFAULT 0,
  first_time_complete INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, day)
) STRICT, WITHOUT ROWID;

-- Decided cases of a month by whole working days of turnaround.
CREATE TABLE figure_turnaround (
  unit TEXT NOT NULL,
  month INTEGER NOT NULL, -- 202611
  days INTEGER NOT NULL,
  cases INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, month, days)
) STRICT, WITHOUT ROWID;
