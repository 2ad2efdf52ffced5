/** The project and its settings: prompts, guidelines, project dictionary and saved views. */
export const projectTables = `
  CREATE TABLE project (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    recipe TEXT NOT NULL,
    generation_settings TEXT NOT NULL,
    cold_start TEXT,
    custom_recipe TEXT,
    review_settings TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE prompt_version (
    id INTEGER PRIMARY KEY,
    system_message TEXT NOT NULL,
    context_template TEXT NOT NULL,
    output_form TEXT NOT NULL DEFAULT 'pairs' CHECK (output_form IN ('pairs', 'kinds', 'conversations')),
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER prompt_version_is_immutable BEFORE UPDATE ON prompt_version
  BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;
  CREATE TRIGGER prompt_version_is_kept BEFORE DELETE ON prompt_version
  BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;

  -- Examples that came with a prompt file; they belong to the version as its text does.
  CREATE TABLE prompt_exemplar (
    prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    position INTEGER NOT NULL,
    annotation TEXT NOT NULL,
    pairs TEXT NOT NULL,
    PRIMARY KEY (prompt_version_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER prompt_exemplar_is_immutable BEFORE UPDATE ON prompt_exemplar
  BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;
  CREATE TRIGGER prompt_exemplar_is_kept BEFORE DELETE ON prompt_exemplar
  BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END;

  -- What people call a version: it can change, the version cannot.
  CREATE TABLE prompt_label (
    prompt_version_id INTEGER PRIMARY KEY REFERENCES prompt_version (id),
    name TEXT NOT NULL,
    note TEXT NOT NULL
  ) STRICT;

  -- What was typed on the prompt screen and not saved as a version: one row, or none.
  CREATE TABLE prompt_draft (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL,
    saved_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE guideline (
    version INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    saved_at INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER guideline_is_immutable BEFORE UPDATE ON guideline
  BEGIN SELECT RAISE (ABORT, 'versions of the guidelines are immutable'); END;
  CREATE TRIGGER guideline_is_kept BEFORE DELETE ON guideline
  BEGIN SELECT RAISE (ABORT, 'versions of the guidelines are immutable'); END;

  CREATE TABLE known_word (
    word TEXT PRIMARY KEY,
    added_by TEXT NOT NULL,
    added_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    filter TEXT NOT NULL,
    saved_at INTEGER NOT NULL
  ) STRICT;
`
