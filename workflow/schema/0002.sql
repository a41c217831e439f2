-- The guards: what the first file promises. Kept apart so that the tables can be read by themselves.

-- In front of the door ----------------------------------------------------------------------------
-- Unit and role come first, so that a stranger learns nothing about a case from the refusal.

CREATE TRIGGER event_guard BEFORE INSERT ON event BEGIN
  SELECT RAISE (ABORT, 'session') WHERE NEW.actor IS NOT yz_actor ();
  SELECT RAISE (ABORT, 'role') WHERE NOT EXISTS (
    SELECT 1 FROM staff s JOIN staff_role r ON r.login = s.login
    WHERE s.login = NEW.actor AND r.role = NEW.role AND s.unit = NEW.unit);
  SELECT RAISE (ABORT, 'unit') WHERE NOT EXISTS (
    SELECT 1 FROM unit_above a
    WHERE a.above = NEW.unit
      AND a.unit = coalesce ((SELECT unit FROM dossier WHERE number = NEW.dossier),
                             NEW.payload ->> '$.unit'));
  -- A window's role reaches its own unit, a station's or the bureau's everything below.
  SELECT RAISE (ABORT, 'unit') WHERE NEW.role IN ('clerk', 'officer')
    AND NEW.unit <> (SELECT unit FROM dossier WHERE number = NEW.dossier);

  SELECT RAISE (ABORT, 'stale') WHERE NEW.seq <> coalesce (
    (SELECT version FROM dossier WHERE number = NEW.dossier), 0) + 1;
  SELECT RAISE (ABORT, 'clock') WHERE NEW.at < coalesce (
    (SELECT max (at) FROM event WHERE dossier = NEW.dossier), 0);
  SELECT RAISE (ABORT, 'clock') WHERE NEW.at > yz_now ();

  SELECT RAISE (ABORT, 'chain') WHERE NEW.previous <> coalesce (
    (SELECT head FROM dossier WHERE number = NEW.dossier),
    '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE (ABORT, 'chain') WHERE NEW.hash <> yz_chain (
    NEW.previous, NEW.dossier, NEW.seq, NEW.at, NEW.actor, NEW.role, NEW.unit, NEW.action, NEW.src,
    NEW.dst, NEW.note, NEW.basis, NEW.payload);
  SELECT RAISE (ABORT, 'allowed') WHERE NEW.seq > 1 AND NEW.src <> (
    SELECT state FROM dossier WHERE number = NEW.dossier);

  -- What an event carries belongs to its kind: nobody exchanges a person while approving.
  SELECT RAISE (ABORT, 'payload')
  WHERE (NEW.payload -> '$.persons' IS NOT NULL AND NEW.action NOT IN ('create', 'record'))
    OR (NEW.payload -> '$.facts' IS NOT NULL AND NEW.action <> 'record')
    OR (NEW.payload -> '$.clock' IS NOT NULL
        AND NEW.action IN ('create', 'record', 'attach', 'detach', 'arrange', 'outline'));

  -- A case begins: at the counter, with the next number of its unit and year.
  SELECT RAISE (ABORT, 'allowed') WHERE (NEW.seq = 1) <> (NEW.action = 'create');
  SELECT RAISE (ABORT, 'allowed') WHERE NEW.action = 'create'
    AND (NEW.role NOT IN ('clerk', 'officer') OR NEW.src <> '' OR NEW.unit <> NEW.payload ->> '$.unit');
  SELECT RAISE (ABORT, 'allowed') WHERE NEW.action = 'create' AND NOT EXISTS (
    SELECT 1 FROM flow_state s
    WHERE s.flow = NEW.payload ->> '$.flow' AND s.digest = NEW.payload ->> '$.flow_digest'
      AND s.id = NEW.dst AND s.kind = 0);
  SELECT RAISE (ABORT, 'number') WHERE NEW.action = 'create' AND NEW.dossier <> printf (
    '%s-%04d-%06d', NEW.unit, NEW.payload ->> '$.year',
    coalesce ((SELECT last FROM serial
               WHERE unit = NEW.unit AND year = NEW.payload ->> '$.year'), 0) + 1);

  -- What is done at the counter to persons, facts and pages, while the case is there. What the
  -- darkroom found out about a page may arrive a little later.
  SELECT RAISE (ABORT, 'allowed')
  WHERE NEW.action IN ('record', 'attach', 'detach', 'arrange', 'outline')
    AND (NEW.role NOT IN ('clerk', 'officer') OR NEW.src <> NEW.dst);
  SELECT RAISE (ABORT, 'allowed') FROM dossier d
  WHERE d.number = NEW.dossier
    AND ((NEW.action IN ('record', 'attach', 'detach', 'arrange') AND d.kind NOT IN (0, 2))
         OR (NEW.action = 'outline' AND d.kind = 4));
  SELECT RAISE (ABORT, 'sheet') WHERE NEW.action IN ('detach', 'arrange', 'outline') AND NOT EXISTS (
    SELECT 1 FROM sheet WHERE dossier = NEW.dossier AND id = NEW.payload ->> '$.sheet');

  SELECT RAISE (ABORT, 'sheet') WHERE NEW.action = 'attach' AND (
    (NEW.payload ->> '$.sheet') IS NOT (
      SELECT coalesce (max (id), 0) + 1 FROM sheet WHERE dossier = NEW.dossier)
    OR NOT EXISTS (
      SELECT 1 FROM dossier d
      JOIN matter_material m ON m.matter = d.matter AND m.digest = d.matter_digest
      WHERE d.number = NEW.dossier AND m.id = NEW.payload ->> '$.material'));

  -- Everything else is a step of the flow. Four eyes, reasons, once and completeness are the step's.
  SELECT RAISE (ABORT, 'allowed')
  WHERE NEW.action NOT IN ('create', 'record', 'attach', 'detach', 'arrange', 'outline')
    AND NOT EXISTS (
      SELECT 1 FROM dossier d JOIN flow_step s ON s.flow = d.flow AND s.digest = d.flow_digest
      WHERE d.number = NEW.dossier AND s.src = NEW.src AND s.action = NEW.action
        AND s.role = NEW.role AND s.dst = NEW.dst);
  SELECT RAISE (ABORT, 'eyes') WHERE EXISTS (
    SELECT 1 FROM dossier d
    JOIN flow_exclusion x ON x.flow = d.flow AND x.digest = d.flow_digest AND x.src = NEW.src
      AND x.action = NEW.action AND x.role = NEW.role
    JOIN event e ON e.dossier = d.number AND e.action = x.earlier AND e.actor = NEW.actor
    WHERE d.number = NEW.dossier);
  SELECT RAISE (ABORT, 'note') FROM dossier d
  JOIN flow_step s ON s.flow = d.flow AND s.digest = d.flow_digest AND s.src = NEW.src
    AND s.action = NEW.action AND s.role = NEW.role
  WHERE d.number = NEW.dossier
    AND ((s.note AND trim (NEW.note, ' ' || char (9, 10, 13, 12288)) = '')
      OR (s.basis AND trim (NEW.basis, ' ' || char (9, 10, 13, 12288)) = ''));
  SELECT RAISE (ABORT, 'once') FROM dossier d
  JOIN flow_step s ON s.flow = d.flow AND s.digest = d.flow_digest AND s.src = NEW.src
    AND s.action = NEW.action AND s.role = NEW.role AND s.once
  JOIN event e ON e.dossier = d.number AND e.action = NEW.action
  WHERE d.number = NEW.dossier;
  SELECT RAISE (ABORT, 'incomplete') FROM dossier d
  JOIN flow_step s ON s.flow = d.flow AND s.digest = d.flow_digest AND s.src = NEW.src
    AND s.action = NEW.action AND s.role = NEW.role AND s.complete
  WHERE d.number = NEW.dossier AND (
    d.applicant = ''
    OR EXISTS (
      SELECT 1 FROM matter_material m
      WHERE m.matter = d.matter AND m.digest = d.matter_digest AND m.demanded AND NOT EXISTS (
        SELECT 1 FROM sheet h WHERE h.dossier = d.number AND h.material = m.id AND NOT h.detached)));
END;

CREATE TRIGGER event_frozen BEFORE UPDATE ON event BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE (ABORT, 'frozen'); END;

-- Behind the door: the rows follow the event ------------------------------------------------------

CREATE TRIGGER event_applied AFTER INSERT ON event BEGIN
  -- A case begins.
  INSERT INTO serial (unit, year, last)
    SELECT NEW.unit, NEW.payload ->> '$.year', 1 WHERE NEW.action = 'create'
    ON CONFLICT (unit, year) DO UPDATE SET last = last + 1;
  INSERT INTO dossier (number, matter, matter_digest, flow, flow_digest, unit, state, kind, level,
                       version, head, creator, created_at, stage_at)
    SELECT NEW.dossier, NEW.payload ->> '$.matter', NEW.payload ->> '$.matter_digest',
           NEW.payload ->> '$.flow', NEW.payload ->> '$.flow_digest', NEW.unit, NEW.dst, 0, 0,
           0, NEW.previous, NEW.actor, NEW.at, NEW.at
    WHERE NEW.action = 'create';

  -- Persons and facts, as a whole.
  DELETE FROM person WHERE dossier = NEW.dossier AND NEW.payload -> '$.persons' IS NOT NULL;
  INSERT INTO person (dossier, position, name, id_number, relation)
    SELECT NEW.dossier, p.key + 1, p.value ->> '$.name', p.value ->> '$.id_number',
           p.value ->> '$.relation'
    FROM json_each (NEW.payload, '$.persons') p;
  DELETE FROM fact WHERE dossier = NEW.dossier AND NEW.payload -> '$.facts' IS NOT NULL;
  INSERT INTO fact (dossier, id, value)
    SELECT NEW.dossier, f.key, f.value FROM json_each (NEW.payload, '$.facts') f;

  -- Pages.
  INSERT INTO sheet (dossier, id, material, position, digest, size, media_type, captured_at, origin,
                     device, operator, outline, confidence, dpi, rotation, verdicts)
    SELECT NEW.dossier, NEW.payload ->> '$.sheet', NEW.payload ->> '$.material',
           NEW.payload ->> '$.position', NEW.payload ->> '$.digest', NEW.payload ->> '$.size',
           NEW.payload ->> '$.media_type', NEW.payload ->> '$.captured_at', NEW.payload ->> '$.origin',
           NEW.payload ->> '$.device', NEW.actor, NEW.payload -> '$.outline',
           coalesce (NEW.payload ->> '$.confidence', 0.0), coalesce (NEW.payload ->> '$.dpi', 0),
           coalesce (NEW.payload ->> '$.rotation', 0), coalesce (NEW.payload ->> '$.verdicts', '')
    WHERE NEW.action = 'attach';
  UPDATE sheet SET outline = NEW.payload -> '$.outline', confidence = NEW.payload ->> '$.confidence',
                   dpi = NEW.payload ->> '$.dpi', rotation = NEW.payload ->> '$.rotation',
                   verdicts = NEW.payload ->> '$.verdicts'
    WHERE NEW.action = 'outline' AND dossier = NEW.dossier AND id = NEW.payload ->> '$.sheet';
  UPDATE sheet SET detached = 1
    WHERE NEW.action = 'detach' AND dossier = NEW.dossier AND id = NEW.payload ->> '$.sheet';
  UPDATE sheet SET position = position + 1
    WHERE NEW.action = 'arrange' AND dossier = NEW.dossier AND NOT detached
      AND id <> NEW.payload ->> '$.sheet' AND material = NEW.payload ->> '$.material'
      AND position >= NEW.payload ->> '$.position';
  UPDATE sheet SET material = NEW.payload ->> '$.material', position = NEW.payload ->> '$.position',
                   detached = 0
    WHERE NEW.action = 'arrange' AND dossier = NEW.dossier AND id = NEW.payload ->> '$.sheet';

  -- The clock stands while the case waits.
  UPDATE pause SET to_at = NEW.at WHERE dossier = NEW.dossier AND to_at = 0 AND NEW.src <> NEW.dst;
  INSERT INTO pause (dossier, from_at)
    SELECT d.number, NEW.at FROM dossier d
    JOIN flow_state s ON s.flow = d.flow AND s.digest = d.flow_digest AND s.id = NEW.dst AND s.kind = 2
    WHERE d.number = NEW.dossier AND NEW.src <> NEW.dst
    ON CONFLICT (dossier, from_at) DO UPDATE SET to_at = 0;

  -- The case itself, last: from here on its rows are closed again.
  UPDATE dossier SET
      state = NEW.dst,
      kind = (SELECT kind FROM flow_state s
              WHERE s.flow = dossier.flow AND s.digest = dossier.flow_digest AND s.id = NEW.dst),
      level = (SELECT level FROM flow_state s
               WHERE s.flow = dossier.flow AND s.digest = dossier.flow_digest AND s.id = NEW.dst),
      version = NEW.seq,
      head = NEW.hash,
      applicant = coalesce ((SELECT name FROM person WHERE dossier = NEW.dossier AND position = 1), ''),
      applicant_number = coalesce (
        (SELECT id_number FROM person WHERE dossier = NEW.dossier AND position = 1), ''),
      sheets = (SELECT count (*) FROM sheet WHERE dossier = NEW.dossier AND NOT detached),
      stage_at = iif (NEW.src <> NEW.dst, NEW.at, stage_at),
      accepted_at = coalesce (NEW.payload ->> '$.clock.accepted', accepted_at),
      stage_due = coalesce (NEW.payload ->> '$.clock.stage_due', stage_due),
      due = coalesce (NEW.payload ->> '$.clock.due', due),
      target = coalesce (NEW.payload ->> '$.clock.target', target),
      provisional = coalesce (NEW.payload ->> '$.clock.provisional', provisional),
      decided_at = iif (NEW.payload -> '$.clock.turnaround' IS NULL, decided_at, NEW.at),
      turnaround = coalesce (NEW.payload ->> '$.clock.turnaround', turnaround),
      returns = returns + coalesce (NEW.payload ->> '$.clock.returned', 0)
    WHERE number = NEW.dossier;

  -- Figures.
  INSERT INTO figure_day (unit, day, received, decided, in_time, returned, first_time_complete, pages)
    SELECT d.unit, (NEW.at / 1000000 + 28800) / 86400,
           NEW.payload -> '$.clock.accepted' IS NOT NULL,
           NEW.payload -> '$.clock.turnaround' IS NOT NULL,
           coalesce (NEW.payload ->> '$.clock.in_time', 0),
           coalesce (NEW.payload ->> '$.clock.returned', 0),
           NEW.payload -> '$.clock.turnaround' IS NOT NULL AND d.returns = 0,
           (NEW.action = 'attach') - (NEW.action = 'detach') +
             coalesce (NEW.payload ->> '$.restored', 0)
    FROM dossier d WHERE d.number = NEW.dossier
      AND (NEW.payload -> '$.clock' IS NOT NULL OR NEW.action IN ('attach', 'detach', 'arrange'))
    ON CONFLICT (unit, day) DO UPDATE SET
      received = received + excluded.received, decided = decided + excluded.decided,
      in_time = in_time + excluded.in_time, returned = returned + excluded.returned,
      first_time_complete = first_time_complete + excluded.first_time_complete,
      pages = pages + excluded.pages;
  INSERT INTO figure_turnaround (unit, month, days, cases)
    SELECT d.unit, CAST (strftime ('%Y%m', NEW.at / 1000000 + 28800, 'unixepoch') AS INTEGER),
           CAST (NEW.payload ->> '$.clock.turnaround' AS INTEGER), 1
    FROM dossier d WHERE d.number = NEW.dossier AND NEW.payload -> '$.clock.turnaround' IS NOT NULL
    ON CONFLICT (unit, month, days) DO UPDATE SET cases = cases + 1;
END;

-- The second wall: rows that only an event may move ------------------------------------------------
-- While an event is being applied it is one ahead of its dossier; at any other moment it is not.

CREATE VIEW pending AS
  SELECT d.number AS dossier FROM dossier d
  WHERE EXISTS (SELECT 1 FROM event e WHERE e.dossier = d.number AND e.seq = d.version + 1);

CREATE TRIGGER dossier_begins BEFORE INSERT ON dossier
WHEN NEW.version <> 0 OR NOT EXISTS (
  SELECT 1 FROM event e WHERE e.dossier = NEW.number AND e.seq = 1 AND e.action = 'create')
  OR EXISTS (SELECT 1 FROM dossier WHERE number = NEW.number)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER dossier_follows BEFORE UPDATE ON dossier
WHEN NEW.version <> OLD.version + 1 OR NEW.number <> OLD.number OR NEW.unit <> OLD.unit
  OR NEW.matter <> OLD.matter OR NEW.matter_digest <> OLD.matter_digest OR NEW.flow <> OLD.flow
  OR NEW.flow_digest <> OLD.flow_digest OR NEW.creator <> OLD.creator
  OR NEW.created_at <> OLD.created_at
  OR NOT EXISTS (SELECT 1 FROM event e WHERE e.dossier = NEW.number AND e.seq = NEW.version
                 AND e.hash = NEW.head AND e.dst = NEW.state)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER dossier_stays BEFORE DELETE ON dossier BEGIN SELECT RAISE (ABORT, 'frozen'); END;

CREATE TRIGGER person_guard_insert BEFORE INSERT ON person
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = NEW.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER person_guard_update BEFORE UPDATE ON person BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER person_guard_delete BEFORE DELETE ON person
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = OLD.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;

CREATE TRIGGER fact_guard_insert BEFORE INSERT ON fact
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = NEW.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER fact_guard_update BEFORE UPDATE ON fact BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER fact_guard_delete BEFORE DELETE ON fact
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = OLD.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;

CREATE TRIGGER sheet_guard_insert BEFORE INSERT ON sheet
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = NEW.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER sheet_guard_update BEFORE UPDATE ON sheet
WHEN NEW.digest <> OLD.digest OR NEW.id <> OLD.id OR NEW.dossier <> OLD.dossier
  OR NEW.size <> OLD.size OR NEW.captured_at <> OLD.captured_at OR NEW.operator <> OLD.operator
  OR NOT EXISTS (SELECT 1 FROM pending WHERE dossier = NEW.dossier)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER sheet_stays BEFORE DELETE ON sheet BEGIN SELECT RAISE (ABORT, 'frozen'); END;

CREATE TRIGGER pause_guard_insert BEFORE INSERT ON pause
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = NEW.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER pause_guard_update BEFORE UPDATE ON pause
WHEN NOT EXISTS (SELECT 1 FROM pending WHERE dossier = NEW.dossier) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER pause_stays BEFORE DELETE ON pause BEGIN SELECT RAISE (ABORT, 'frozen'); END;

-- People: the first ones come with the store, then only an administrator adds. Asking for yz_now ()
-- is enough to keep every other tool out, which does not have it.
CREATE VIEW administered AS SELECT 1 AS yes FROM staff_role WHERE role = 'administrator';

CREATE TRIGGER unit_guard BEFORE INSERT ON unit
WHEN yz_now () IS NULL OR (EXISTS (SELECT 1 FROM administered) AND NOT EXISTS (
  SELECT 1 FROM staff_role WHERE login = yz_actor () AND role = 'administrator'))
BEGIN SELECT RAISE (ABORT, 'role'); END;
CREATE TRIGGER staff_guard BEFORE INSERT ON staff
WHEN yz_now () IS NULL OR (EXISTS (SELECT 1 FROM administered) AND NOT EXISTS (
  SELECT 1 FROM staff_role WHERE login = yz_actor () AND role = 'administrator'))
BEGIN SELECT RAISE (ABORT, 'role'); END;
CREATE TRIGGER staff_role_guard BEFORE INSERT ON staff_role
WHEN yz_now () IS NULL OR (EXISTS (SELECT 1 FROM administered) AND NOT EXISTS (
  SELECT 1 FROM staff_role WHERE login = yz_actor () AND role = 'administrator'))
BEGIN SELECT RAISE (ABORT, 'role'); END;
-- Nobody sets another's password; wrong tries are counted before anybody is signed in.
CREATE TRIGGER staff_password BEFORE UPDATE ON staff
WHEN yz_now () IS NULL OR (NEW.password <> OLD.password AND OLD.login IS NOT yz_actor ())
BEGIN SELECT RAISE (ABORT, 'role'); END;

CREATE TRIGGER meta_insert BEFORE INSERT ON meta
WHEN yz_now () IS NULL OR EXISTS (SELECT 1 FROM meta WHERE key = NEW.key AND key IN ('store', 'practice'))
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER meta_update BEFORE UPDATE ON meta
WHEN yz_now () IS NULL OR OLD.key IN ('store', 'practice')
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER meta_stays BEFORE DELETE ON meta BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER flow_guard BEFORE INSERT ON flow
WHEN yz_now () IS NULL OR EXISTS (SELECT 1 FROM flow WHERE code = NEW.code AND digest = NEW.digest)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER matter_guard BEFORE INSERT ON matter
WHEN yz_now () IS NULL OR EXISTS (
  SELECT 1 FROM matter WHERE code = NEW.code AND digest = NEW.digest)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;

-- Sums and serials are counted while somebody signed in writes an event; verify counts them again.
CREATE VIEW counting AS SELECT 1 AS yes WHERE yz_now () IS NOT NULL AND yz_actor () IS NOT NULL;
CREATE TRIGGER figure_day_insert BEFORE INSERT ON figure_day
WHEN NOT EXISTS (SELECT 1 FROM counting) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER figure_day_update BEFORE UPDATE ON figure_day
WHEN NOT EXISTS (SELECT 1 FROM counting) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER figure_day_stays BEFORE DELETE ON figure_day BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER figure_turnaround_insert BEFORE INSERT ON figure_turnaround
WHEN NOT EXISTS (SELECT 1 FROM counting) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER figure_turnaround_update BEFORE UPDATE ON figure_turnaround
WHEN NOT EXISTS (SELECT 1 FROM counting) BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER figure_turnaround_stays BEFORE DELETE ON figure_turnaround
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
CREATE TRIGGER serial_begins BEFORE INSERT ON serial
WHEN NEW.last <> 1 OR NOT EXISTS (SELECT 1 FROM counting)
BEGIN SELECT RAISE (ABORT, 'frozen'); END;
