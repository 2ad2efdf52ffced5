-- index attention_check_open, on attention_check
CREATE INDEX attention_check_open ON attention_check (reviewer, candidate_id) WHERE closed_at IS NULL

-- index attention_check_outcome, on attention_check
CREATE INDEX attention_check_outcome ON attention_check (reviewer, outcome) WHERE outcome IS NOT NULL

-- index call_by_run, on call
CREATE INDEX call_by_run ON call (run_id, state, item_id)

-- index call_exemplar_by_candidate, on call_exemplar
CREATE INDEX call_exemplar_by_candidate ON call_exemplar (candidate_id, call_id)

-- index candidate_approved, on candidate
CREATE INDEX candidate_approved ON candidate (decision_id) WHERE state IN ('accepted', 'edited')

-- index candidate_by_call, on candidate
CREATE INDEX candidate_by_call ON candidate (call_id)

-- index candidate_by_conversation_call, on candidate
CREATE INDEX candidate_by_conversation_call ON candidate (conversation_call_id) WHERE conversation_call_id IS NOT NULL

-- index candidate_by_item, on candidate
CREATE INDEX candidate_by_item ON candidate (item_id, id)

-- index candidate_by_kind, on candidate
CREATE INDEX candidate_by_kind ON candidate (kind, item_id, id) WHERE kind IS NOT NULL

-- index candidate_by_reasons, on candidate
CREATE INDEX candidate_by_reasons ON candidate (reason_list_id) WHERE reason_list_id IS NOT NULL

-- index candidate_by_record, on candidate
CREATE INDEX candidate_by_record ON candidate (record_id) WHERE record_id IS NOT NULL

-- index candidate_by_run, on candidate
CREATE INDEX candidate_by_run ON candidate (run_id, item_id, id)

-- index candidate_by_run_state, on candidate
CREATE INDEX candidate_by_run_state ON candidate (run_id, state)

-- index candidate_by_state, on candidate
CREATE INDEX candidate_by_state ON candidate (state, item_id, id)

-- index candidate_judged, on candidate
CREATE INDEX candidate_judged ON candidate (decision_id) WHERE state IN ('accepted', 'edited', 'rejected')

-- index candidate_language_by_language, on candidate_language
CREATE INDEX candidate_language_by_language ON candidate_language (language, candidate_id)

-- index candidate_pinned, on candidate
CREATE INDEX candidate_pinned ON candidate (pinned_at) WHERE pinned_at IS NOT NULL

-- index candidate_written, on candidate
CREATE INDEX candidate_written ON candidate (item_id, id) WHERE author IS NOT NULL

-- index candidate_written_by_state, on candidate
CREATE INDEX candidate_written_by_state ON candidate (state, item_id, id) WHERE author IS NOT NULL

-- index comment_by_candidate, on comment
CREATE INDEX comment_by_candidate ON comment (candidate_id, id)

-- index comparison_item_by_item, on comparison_item
CREATE INDEX comparison_item_by_item ON comparison_item (item_id)

-- index decision_by_batch, on decision
CREATE INDEX decision_by_batch ON decision (batch_id) WHERE batch_id IS NOT NULL

-- index decision_by_candidate, on decision
CREATE INDEX decision_by_candidate ON decision (candidate_id, id)

-- index decision_by_hand, on decision
CREATE INDEX decision_by_hand ON decision (reviewer, id) WHERE batch_id IS NULL

-- index decision_by_reviewer, on decision
CREATE INDEX decision_by_reviewer ON decision (reviewer, id)

-- index decision_by_time, on decision
CREATE INDEX decision_by_time ON decision (decided_at)

-- index flag_by_reviewer, on flag
CREATE INDEX flag_by_reviewer ON flag (reviewer, candidate_id)

-- index item_media_by_media, on item_media
CREATE INDEX item_media_by_media ON item_media (media_id)

-- index item_step_by_reviewer, on item_step
CREATE INDEX item_step_by_reviewer ON item_step (reviewer, taken_back, id)

-- index mark_step_by_reviewer, on mark_step
CREATE INDEX mark_step_by_reviewer ON mark_step (reviewer, id)

-- index missing_media_by_name, on missing_media
CREATE INDEX missing_media_by_name ON missing_media (name)

-- index pair_edited, on pair
CREATE INDEX pair_edited ON pair (candidate_id) WHERE draft_instruction IS NOT NULL

-- index reason_by_text, on reason
CREATE INDEX reason_by_text ON reason (reason, list_id)

-- index review_session_by_reviewer, on review_session
CREATE INDEX review_session_by_reviewer ON review_session (reviewer, started_at, decisions, active_ms)

-- index run_under_way, on run
CREATE INDEX run_under_way ON run (id) WHERE state = 'running'

-- index second_review_agreement, on second_review
CREATE INDEX second_review_agreement ON second_review (first_state, second_state) WHERE second_state IS NOT NULL

-- index second_review_by_first, on second_review
CREATE INDEX second_review_by_first ON second_review (first_reviewer, first_state, second_state) WHERE second_state IS NOT NULL

-- index second_review_by_second, on second_review
CREATE INDEX second_review_by_second ON second_review (second_reviewer, first_state, second_state) WHERE second_state IS NOT NULL

-- index second_review_count, on second_review
CREATE INDEX second_review_count ON second_review (state, first_reviewer, first_state)

-- index second_review_queue, on second_review
CREATE INDEX second_review_queue ON second_review (state, item_id, candidate_id, first_reviewer)

-- index side_verdict_by_candidate, on side_verdict
CREATE INDEX side_verdict_by_candidate ON side_verdict (candidate_id, purpose, id)

-- index side_verdict_by_reviewer, on side_verdict
CREATE INDEX side_verdict_by_reviewer ON side_verdict (reviewer, purpose, id)

-- index side_verdict_stack, on side_verdict
CREATE INDEX side_verdict_stack ON side_verdict (reviewer, stack, id) WHERE stack IS NOT NULL

-- index snapshot_item_by_item, on snapshot_item
CREATE INDEX snapshot_item_by_item ON snapshot_item (item_id)

-- index snapshot_medium_by_media, on snapshot_medium
CREATE INDEX snapshot_medium_by_media ON snapshot_medium (media_id) WHERE media_id IS NOT NULL

-- index sqlite_autoindex_image_id_2, on image_id


-- index sqlite_autoindex_imported_record_1, on imported_record


-- index sqlite_autoindex_item_1, on item


-- index sqlite_autoindex_item_embedding_1, on item_embedding


-- index sqlite_autoindex_media_1, on media


-- index sqlite_autoindex_reason_1, on reason


-- index sqlite_autoindex_reason_list_1, on reason_list


-- index sqlite_autoindex_saved_view_1, on saved_view


-- index sqlite_autoindex_snapshot_1, on snapshot


-- index sqlite_autoindex_trial_reply_1, on trial_reply


-- index tag_by_candidate, on tag
CREATE INDEX tag_by_candidate ON tag (candidate_id, tag)

-- table attention_check, on attention_check
CREATE TABLE attention_check (
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
reviewer TEXT NOT NULL,
kind TEXT NOT NULL CHECK (kind IN ('foreign', 'colour', 'number', 'object', 'negation')),
instruction TEXT NOT NULL,
response TEXT NOT NULL,
-- the part of the response that is wrong
false_words TEXT NOT NULL,
outcome TEXT CHECK (outcome IN ('caught', 'missed', 'passed')),
-- what the reviewer typed and put on it, kept apart from the pair's own
draft TEXT,
marks TEXT,
made_at INTEGER NOT NULL,
-- from then on the reviewer is shown the pair itself
closed_at INTEGER,
PRIMARY KEY (candidate_id, reviewer)
) STRICT, WITHOUT ROWID

-- table call, on call
CREATE TABLE call (
id INTEGER PRIMARY KEY,
run_id INTEGER NOT NULL REFERENCES run (id),
item_id INTEGER NOT NULL REFERENCES item (id),
attempt INTEGER NOT NULL,
state TEXT NOT NULL CHECK (state IN ('sent', 'succeeded', 'retried', 'failed', 'interrupted')),
messages TEXT NOT NULL,
reply TEXT,
error_code TEXT,
error_message TEXT,
error_status INTEGER,
prompt_tokens INTEGER,
completion_tokens INTEGER,
started_at INTEGER NOT NULL,
finished_at INTEGER,
-- the fence of the run when the call was stored
fence INTEGER NOT NULL DEFAULT 0,
-- JSON: the fields of the reply that no pair was made of
unused_fields TEXT
) STRICT

-- table call_exemplar, on call_exemplar
CREATE TABLE call_exemplar (
call_id INTEGER NOT NULL REFERENCES call (id),
position INTEGER NOT NULL,
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
PRIMARY KEY (call_id, position)
) STRICT, WITHOUT ROWID

-- table candidate, on candidate
CREATE TABLE candidate (
id INTEGER PRIMARY KEY,
item_id INTEGER NOT NULL REFERENCES item (id),
-- a model's pair has a run and a call, a person's has an author, an imported one the record that it was read from
run_id INTEGER REFERENCES run (id),
call_id INTEGER REFERENCES call (id),
author TEXT,
record_id INTEGER REFERENCES imported_record (id),
state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'edited', 'rejected', 'ignored')),
reason_list_id INTEGER REFERENCES reason_list (id),
decision_id INTEGER REFERENCES decision (id),
kind TEXT CHECK (kind IN ('conversation', 'detail', 'reasoning')),
conversation INTEGER,
turn INTEGER,
-- the call in whose conversation a person's turn stands; a model's turn stands in that of its own call. Imported conversations have none:
-- their numbers are those of their item
conversation_call_id INTEGER REFERENCES call (id),
-- the pair that it was split from
split_from INTEGER REFERENCES candidate (id),
pinned_at INTEGER,
-- the order of pinned exemplars, where a person has set it; null: after those, by the time of pinning
pinned_position INTEGER,
-- kept while the pair is not pinned, so that pinning it again restores it
pinned_reason TEXT,
created_at INTEGER NOT NULL,
CHECK ((run_id IS NULL) = (call_id IS NULL)),
CHECK ((run_id IS NOT NULL) + (author IS NOT NULL) + (record_id IS NOT NULL) = 1)
) STRICT

-- table candidate_language, on candidate_language
CREATE TABLE candidate_language (
candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
language TEXT NOT NULL
) STRICT

-- table candidate_text, on candidate_text
CREATE VIRTUAL TABLE candidate_text USING fts5 (instruction, response, content = 'pair', content_rowid = 'candidate_id')

-- table candidate_text_config, on candidate_text_config
CREATE TABLE 'candidate_text_config'(k PRIMARY KEY, v) WITHOUT ROWID

-- table candidate_text_data, on candidate_text_data
CREATE TABLE 'candidate_text_data'(id INTEGER PRIMARY KEY, block BLOB)

-- table candidate_text_docsize, on candidate_text_docsize
CREATE TABLE 'candidate_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB)

-- table candidate_text_idx, on candidate_text_idx
CREATE TABLE 'candidate_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID

-- table comment, on comment
CREATE TABLE comment (
id INTEGER PRIMARY KEY,
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
reviewer TEXT NOT NULL,
body TEXT NOT NULL,
written_at INTEGER NOT NULL
) STRICT

-- table comment_text, on comment_text
CREATE VIRTUAL TABLE comment_text USING fts5 (body, content = 'comment', content_rowid = 'id')

-- table comment_text_config, on comment_text_config
CREATE TABLE 'comment_text_config'(k PRIMARY KEY, v) WITHOUT ROWID

-- table comment_text_data, on comment_text_data
CREATE TABLE 'comment_text_data'(id INTEGER PRIMARY KEY, block BLOB)

-- table comment_text_docsize, on comment_text_docsize
CREATE TABLE 'comment_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB)

-- table comment_text_idx, on comment_text_idx
CREATE TABLE 'comment_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID

-- table comparison, on comparison
CREATE TABLE comparison (
id INTEGER PRIMARY KEY,
-- JSON: a prompt text, and the version that it is
first TEXT NOT NULL,
second TEXT NOT NULL,
settings TEXT NOT NULL,
blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
seed INTEGER NOT NULL,
created_at INTEGER NOT NULL
) STRICT

-- table comparison_item, on comparison_item
CREATE TABLE comparison_item (
comparison_id INTEGER NOT NULL REFERENCES comparison (id) ON DELETE CASCADE,
position INTEGER NOT NULL,
item_id INTEGER NOT NULL REFERENCES item (id),
first_reply_id INTEGER REFERENCES trial_reply (id),
second_reply_id INTEGER REFERENCES trial_reply (id),
PRIMARY KEY (comparison_id, position)
) STRICT, WITHOUT ROWID

-- table comparison_vote, on comparison_vote
CREATE TABLE comparison_vote (
comparison_id INTEGER NOT NULL REFERENCES comparison (id) ON DELETE CASCADE,
item_id INTEGER NOT NULL REFERENCES item (id),
reviewer TEXT NOT NULL,
vote TEXT NOT NULL CHECK (vote IN ('first', 'second', 'equal')),
voted_at INTEGER NOT NULL,
PRIMARY KEY (comparison_id, item_id, reviewer)
) STRICT, WITHOUT ROWID

-- table context, on context
CREATE TABLE context (
item_id INTEGER PRIMARY KEY REFERENCES item (id),
body TEXT NOT NULL
) STRICT

-- table counted, on counted
CREATE TABLE counted (
id INTEGER PRIMARY KEY CHECK (id = 1),
last_candidate INTEGER NOT NULL,
last_decision INTEGER NOT NULL,
pending INTEGER NOT NULL,
accepted INTEGER NOT NULL,
edited INTEGER NOT NULL,
rejected INTEGER NOT NULL,
ignored INTEGER NOT NULL
) STRICT

-- table decision, on decision
CREATE TABLE decision (
id INTEGER PRIMARY KEY,
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
kind TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'redo')),
target_id INTEGER REFERENCES decision (id),
verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'ignore', 'reopen')),
reason_list_id INTEGER REFERENCES reason_list (id),
reviewer TEXT NOT NULL,
before_state TEXT NOT NULL,
after_state TEXT NOT NULL,
before_reason_list_id INTEGER REFERENCES reason_list (id),
before_instruction TEXT,
before_response TEXT,
after_instruction TEXT,
after_response TEXT,
-- a turn's place in its conversation, where the decision moved it
before_turn INTEGER,
after_turn INTEGER,
seconds REAL,
undo_top INTEGER,
undo_below INTEGER,
redo_top INTEGER,
redo_below INTEGER,
decided_at INTEGER NOT NULL,
-- decisions that were made in one step, and are undone in one
batch_id INTEGER,
-- the version that was in force; 0 is the recipe's own text, null for decisions from before there were versions
guideline_version INTEGER
) STRICT

-- table deleted_snapshot, on deleted_snapshot
CREATE TABLE deleted_snapshot (
id INTEGER PRIMARY KEY,
name TEXT NOT NULL,
deleted_at INTEGER NOT NULL,
deleted_by TEXT NOT NULL
) STRICT

-- table draft, on draft
CREATE TABLE draft (
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
reviewer TEXT NOT NULL,
instruction TEXT NOT NULL,
response TEXT NOT NULL,
saved_at INTEGER NOT NULL,
PRIMARY KEY (candidate_id, reviewer)
) STRICT, WITHOUT ROWID

-- table flag, on flag
CREATE TABLE flag (
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
reviewer TEXT NOT NULL,
flagged_at INTEGER NOT NULL,
PRIMARY KEY (candidate_id, reviewer)
) STRICT, WITHOUT ROWID

-- table guideline, on guideline
CREATE TABLE guideline (
version INTEGER PRIMARY KEY,
body TEXT NOT NULL,
author TEXT NOT NULL,
saved_at INTEGER NOT NULL
) STRICT

-- table image_id, on image_id
CREATE TABLE image_id (
-- without the prefix of the set
name TEXT PRIMARY KEY,
-- a hash of what the image shows and of whose it is
owner BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID

-- table imported_record, on imported_record
CREATE TABLE imported_record (
id INTEGER PRIMARY KEY,
item_id INTEGER NOT NULL REFERENCES item (id),
file TEXT NOT NULL,
format TEXT NOT NULL,
line INTEGER,
-- what stands before the conversation, for the model
system TEXT,
-- who drafted it, where the file says so
provider TEXT CHECK (provider IN ('demo', 'openai')),
model TEXT,
-- of its texts as they were imported, so that the same record adds nothing a second time
digest BLOB NOT NULL,
-- who imported it; null where the command line did not name anybody
reviewer TEXT,
imported_at INTEGER NOT NULL,
UNIQUE (item_id, digest),
CHECK ((provider IS NULL) = (model IS NULL))
) STRICT

-- table item, on item
CREATE TABLE item (
id INTEGER PRIMARY KEY,
source_id TEXT NOT NULL UNIQUE,
created_at INTEGER NOT NULL
) STRICT

-- table item_embedding, on item_embedding
CREATE TABLE item_embedding (
item_id INTEGER NOT NULL REFERENCES item (id),
model TEXT NOT NULL,
-- 32-bit floats, little-endian, of length 1 together
vector BLOB NOT NULL,
PRIMARY KEY (item_id, model)
) STRICT

-- table item_media, on item_media
CREATE TABLE item_media (
item_id INTEGER NOT NULL REFERENCES item (id),
position INTEGER NOT NULL,
media_id INTEGER NOT NULL REFERENCES media (id),
PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID

-- table item_step, on item_step
CREATE TABLE item_step (
id INTEGER PRIMARY KEY,
reviewer TEXT NOT NULL,
taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)),
made_at INTEGER NOT NULL
) STRICT

-- table item_step_item, on item_step_item
CREATE TABLE item_step_item (
step_id INTEGER NOT NULL REFERENCES item_step (id),
item_id INTEGER NOT NULL REFERENCES item (id),
before TEXT NOT NULL CHECK (before IN ('included', 'excluded', 'deleted')),
after TEXT NOT NULL CHECK (after IN ('included', 'excluded', 'deleted')),
PRIMARY KEY (step_id, item_id)
) STRICT, WITHOUT ROWID

-- table item_text, on item_text
CREATE VIRTUAL TABLE item_text USING fts5 (text, content = '', contentless_delete = 1)

-- table item_text_config, on item_text_config
CREATE TABLE 'item_text_config'(k PRIMARY KEY, v) WITHOUT ROWID

-- table item_text_data, on item_text_data
CREATE TABLE 'item_text_data'(id INTEGER PRIMARY KEY, block BLOB)

-- table item_text_docsize, on item_text_docsize
CREATE TABLE 'item_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER)

-- table item_text_idx, on item_text_idx
CREATE TABLE 'item_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID

-- table kept_draft, on kept_draft
CREATE TABLE kept_draft (
decision_id INTEGER NOT NULL REFERENCES decision (id),
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
reviewer TEXT NOT NULL,
instruction TEXT NOT NULL,
response TEXT NOT NULL,
saved_at INTEGER NOT NULL,
PRIMARY KEY (decision_id, reviewer)
) STRICT, WITHOUT ROWID

-- table known_word, on known_word
CREATE TABLE known_word (
word TEXT PRIMARY KEY,
added_by TEXT NOT NULL,
added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID

-- table language_stale, on language_stale
CREATE TABLE language_stale (candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id)) STRICT

-- table left_out_item, on left_out_item
CREATE TABLE left_out_item (
item_id INTEGER PRIMARY KEY REFERENCES item (id),
standing TEXT NOT NULL CHECK (standing IN ('excluded', 'deleted'))
) STRICT

-- table mark_step, on mark_step
CREATE TABLE mark_step (
id INTEGER PRIMARY KEY,
reviewer TEXT NOT NULL,
tag TEXT, -- null: the reviewer's flag
added INTEGER NOT NULL CHECK (added IN (0, 1)),
taken_back INTEGER NOT NULL DEFAULT 0,
last_decision INTEGER NOT NULL, -- when it was made, or taken back
last_side_verdict INTEGER NOT NULL
) STRICT

-- table mark_step_candidate, on mark_step_candidate
CREATE TABLE mark_step_candidate (
step_id INTEGER NOT NULL REFERENCES mark_step (id),
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
PRIMARY KEY (step_id, candidate_id)
) STRICT, WITHOUT ROWID

-- table media, on media
CREATE TABLE media (
id INTEGER PRIMARY KEY,
sha256 TEXT NOT NULL UNIQUE,
file_name TEXT NOT NULL,
stored_name TEXT NOT NULL,
kind TEXT NOT NULL CHECK (kind IN ('image', 'video')),
mime TEXT NOT NULL,
bytes INTEGER NOT NULL,
width INTEGER,
height INTEGER,
duration_ms INTEGER,
problem TEXT,
created_at INTEGER NOT NULL
) STRICT

-- table media_fingerprint, on media_fingerprint
CREATE TABLE media_fingerprint (
media_id INTEGER PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
-- two halves of 32 bits
high INTEGER,
low INTEGER,
-- the mean colors of a grid of 4 × 4 cells, as bytes of red, green and blue
colors BLOB,
CHECK ((high IS NULL) = (low IS NULL) AND (high IS NULL) = (colors IS NULL))
) STRICT

-- table missing_media, on missing_media
CREATE TABLE missing_media (
item_id INTEGER NOT NULL REFERENCES item (id),
position INTEGER NOT NULL,
name TEXT NOT NULL,
PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID

-- table pair, on pair
CREATE TABLE pair (
candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
instruction TEXT NOT NULL,
response TEXT NOT NULL,
draft_instruction TEXT,
draft_response TEXT,
rationale TEXT,
-- rises with each change of the text, so that snapshots can refer to one
text_version INTEGER NOT NULL DEFAULT 1,
CHECK ((draft_instruction IS NULL) = (draft_response IS NULL))
) STRICT

-- table project, on project
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
) STRICT

-- table prompt_draft, on prompt_draft
CREATE TABLE prompt_draft (
id INTEGER PRIMARY KEY CHECK (id = 1),
body TEXT NOT NULL,
saved_at INTEGER NOT NULL
) STRICT

-- table prompt_exemplar, on prompt_exemplar
CREATE TABLE prompt_exemplar (
prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
position INTEGER NOT NULL,
annotation TEXT NOT NULL,
pairs TEXT NOT NULL,
PRIMARY KEY (prompt_version_id, position)
) STRICT, WITHOUT ROWID

-- table prompt_label, on prompt_label
CREATE TABLE prompt_label (
prompt_version_id INTEGER PRIMARY KEY REFERENCES prompt_version (id),
name TEXT NOT NULL,
note TEXT NOT NULL
) STRICT

-- table prompt_version, on prompt_version
CREATE TABLE prompt_version (
id INTEGER PRIMARY KEY,
system_message TEXT NOT NULL,
context_template TEXT NOT NULL,
output_form TEXT NOT NULL DEFAULT 'pairs' CHECK (output_form IN ('pairs', 'kinds', 'conversations')),
created_at INTEGER NOT NULL
) STRICT

-- table quality_settings, on quality_settings
CREATE TABLE quality_settings (
id INTEGER PRIMARY KEY CHECK (id = 1),
review_share REAL NOT NULL,
review_edited INTEGER NOT NULL,
review_flagged INTEGER NOT NULL,
review_reason TEXT,
review_kind TEXT,
review_below_seconds REAL,
blind INTEGER NOT NULL,
-- the reviewer to whom blind review hides nothing
lead TEXT,
check_share REAL NOT NULL,
check_seed INTEGER NOT NULL,
export_waiting INTEGER NOT NULL
) STRICT

-- table rating, on rating
CREATE TABLE rating (
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
reviewer TEXT NOT NULL,
quality TEXT NOT NULL CHECK (quality IN ('helpful', 'correct', 'relevant')),
value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
rated_at INTEGER NOT NULL,
PRIMARY KEY (candidate_id, reviewer, quality)
) STRICT, WITHOUT ROWID

-- table reason, on reason
CREATE TABLE reason (
id INTEGER PRIMARY KEY,
list_id INTEGER NOT NULL REFERENCES reason_list (id),
position INTEGER NOT NULL,
-- one of the project's, or with a note: <reason>: <note>
reason TEXT NOT NULL,
UNIQUE (list_id, position)
) STRICT

-- table reason_list, on reason_list
CREATE TABLE reason_list (
id INTEGER PRIMARY KEY,
-- of its reasons in their order
digest BLOB NOT NULL UNIQUE
) STRICT

-- table resolution, on resolution
CREATE TABLE resolution (decision_id INTEGER PRIMARY KEY REFERENCES decision (id)) STRICT

-- table review_session, on review_session
CREATE TABLE review_session (
id INTEGER PRIMARY KEY,
reviewer TEXT NOT NULL,
started_at INTEGER NOT NULL,
ended_at INTEGER NOT NULL,
active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
decisions INTEGER NOT NULL DEFAULT 0 CHECK (decisions >= 0)
) STRICT

-- table run, on run
CREATE TABLE run (
id INTEGER PRIMARY KEY,
prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
provider TEXT NOT NULL,
model TEXT NOT NULL,
settings TEXT NOT NULL,
state TEXT NOT NULL CHECK (state IN ('running', 'cancelled', 'interrupted', 'finished')),
items INTEGER NOT NULL,
done INTEGER NOT NULL DEFAULT 0,
failed INTEGER NOT NULL DEFAULT 0,
candidates INTEGER NOT NULL DEFAULT 0,
prompt_tokens INTEGER NOT NULL DEFAULT 0,
completion_tokens INTEGER NOT NULL DEFAULT 0,
created_at INTEGER NOT NULL,
finished_at INTEGER,
owner TEXT,
touched_at INTEGER,
-- Grows whenever a process takes the run. A process that took it under another number may not write to it.
fence INTEGER NOT NULL DEFAULT 0,
-- JSON: the failure that stopped the run before its last item
stopped_by TEXT,
-- JSON: how many replies had fields that are not used, and how often each of them
unused_fields TEXT
) STRICT

-- table run_item, on run_item
CREATE TABLE run_item (
run_id INTEGER NOT NULL REFERENCES run (id),
position INTEGER NOT NULL,
item_id INTEGER NOT NULL REFERENCES item (id),
PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID

-- table saved_view, on saved_view
CREATE TABLE saved_view (
id INTEGER PRIMARY KEY,
name TEXT NOT NULL UNIQUE,
filter TEXT NOT NULL,
saved_at INTEGER NOT NULL
) STRICT

-- table second_review, on second_review
CREATE TABLE second_review (
candidate_id INTEGER PRIMARY KEY REFERENCES candidate (id),
item_id INTEGER NOT NULL,
state TEXT NOT NULL CHECK (state IN ('waiting', 'agreed', 'disagreement', 'resolved')),
first_reviewer TEXT NOT NULL,
first_state TEXT NOT NULL,
second_reviewer TEXT,
second_state TEXT
) STRICT

-- table side_verdict, on side_verdict
CREATE TABLE side_verdict (
id INTEGER PRIMARY KEY,
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
purpose TEXT NOT NULL CHECK (purpose IN ('second', 'check')),
reviewer TEXT NOT NULL,
verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'ignore')),
state TEXT NOT NULL CHECK (state IN ('accepted', 'edited', 'rejected', 'ignored')),
reason_list_id INTEGER REFERENCES reason_list (id),
instruction TEXT NOT NULL,
response TEXT NOT NULL,
seconds REAL,
withdrawn INTEGER NOT NULL DEFAULT 0,
stack TEXT CHECK (stack IN ('undo', 'redo')),
undo_above INTEGER,
redo_above INTEGER,
decided_at INTEGER NOT NULL
) STRICT

-- table snapshot, on snapshot
CREATE TABLE snapshot (
id INTEGER PRIMARY KEY,
name TEXT NOT NULL UNIQUE,
created_at INTEGER NOT NULL,
created_by TEXT NOT NULL,
-- JSON, as the shares of the splits, the recipe and the facts
filter TEXT NOT NULL,
shares TEXT NOT NULL,
seed INTEGER NOT NULL,
content_hash TEXT NOT NULL,
-- what an export takes from the project's own recipe, which can be changed
recipe TEXT NOT NULL,
facts TEXT NOT NULL
) STRICT

-- table snapshot_card, on snapshot_card
CREATE TABLE snapshot_card (
snapshot_id INTEGER PRIMARY KEY REFERENCES snapshot (id),
text TEXT NOT NULL,
saved_by TEXT NOT NULL,
saved_at INTEGER NOT NULL
) STRICT

-- table snapshot_item, on snapshot_item
CREATE TABLE snapshot_item (
id INTEGER PRIMARY KEY,
item_id INTEGER NOT NULL REFERENCES item (id),
-- positions and hashes of its media, and positions and names of missing ones, to be compared
media TEXT NOT NULL,
context TEXT NOT NULL
) STRICT

-- table snapshot_medium, on snapshot_medium
CREATE TABLE snapshot_medium (
snapshot_item_id INTEGER NOT NULL REFERENCES snapshot_item (id),
position INTEGER NOT NULL,
-- one that was missing has a name only
media_id INTEGER REFERENCES media (id),
missing_name TEXT,
PRIMARY KEY (snapshot_item_id, position),
CHECK ((media_id IS NULL) = (missing_name IS NOT NULL))
) STRICT, WITHOUT ROWID

-- table snapshot_pair, on snapshot_pair
CREATE TABLE snapshot_pair (
snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) DEFERRABLE INITIALLY DEFERRED,
item_id INTEGER NOT NULL REFERENCES item (id),
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
text_version INTEGER NOT NULL,
snapshot_item_id INTEGER NOT NULL REFERENCES snapshot_item (id),
decision_id INTEGER NOT NULL REFERENCES decision (id),
state TEXT NOT NULL,
-- the place in its conversation, which can be changed
turn INTEGER,
split TEXT NOT NULL,
PRIMARY KEY (snapshot_id, item_id, candidate_id)
) STRICT, WITHOUT ROWID

-- table snapshot_run, on snapshot_run
CREATE TABLE snapshot_run (
snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) DEFERRABLE INITIALLY DEFERRED,
run_id INTEGER NOT NULL REFERENCES run (id),
settings TEXT NOT NULL,
PRIMARY KEY (snapshot_id, run_id)
) STRICT, WITHOUT ROWID

-- table snapshot_text, on snapshot_text
CREATE TABLE snapshot_text (
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
text_version INTEGER NOT NULL,
instruction TEXT NOT NULL,
response TEXT NOT NULL,
draft_instruction TEXT,
draft_response TEXT,
rationale TEXT,
PRIMARY KEY (candidate_id, text_version)
) STRICT, WITHOUT ROWID

-- table tag, on tag
CREATE TABLE tag (
tag TEXT NOT NULL,
candidate_id INTEGER NOT NULL REFERENCES candidate (id),
PRIMARY KEY (tag, candidate_id)
) STRICT, WITHOUT ROWID

-- table trial_reply, on trial_reply
CREATE TABLE trial_reply (
id INTEGER PRIMARY KEY,
request_key TEXT NOT NULL UNIQUE,
messages TEXT NOT NULL,
exemplar_ids TEXT NOT NULL,
-- JSON: the reply, its pairs or its error, and its tokens
body TEXT NOT NULL,
asked_at INTEGER NOT NULL
) STRICT

-- table trial_request, on trial_request
CREATE TABLE trial_request (
request_key TEXT PRIMARY KEY,
owner TEXT NOT NULL,
-- milliseconds since 1970 after which it was given up
until INTEGER NOT NULL
) STRICT, WITHOUT ROWID

-- table typed_pair, on typed_pair
CREATE TABLE typed_pair (
form TEXT NOT NULL CHECK (form IN ('own', 'split')),
subject_id INTEGER NOT NULL,
reviewer TEXT NOT NULL,
body TEXT NOT NULL,
saved_at INTEGER NOT NULL,
PRIMARY KEY (form, subject_id, reviewer)
) STRICT, WITHOUT ROWID

-- trigger candidate_is_kept, on candidate
CREATE TRIGGER candidate_is_kept BEFORE DELETE ON candidate
BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END

-- trigger candidate_text_added, on pair
CREATE TRIGGER candidate_text_added AFTER INSERT ON pair BEGIN
INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.candidate_id, new.instruction, new.response);
END

-- trigger candidate_text_changed, on pair
CREATE TRIGGER candidate_text_changed AFTER UPDATE OF instruction, response ON pair
WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
INSERT INTO candidate_text (candidate_text, rowid, instruction, response)
VALUES ('delete', old.candidate_id, old.instruction, old.response);
INSERT INTO candidate_text (rowid, instruction, response) VALUES (new.candidate_id, new.instruction, new.response);
END

-- trigger comment_text_added, on comment
CREATE TRIGGER comment_text_added AFTER INSERT ON comment BEGIN
INSERT INTO comment_text (rowid, body) VALUES (new.id, new.body);
END

-- trigger comment_text_removed, on comment
CREATE TRIGGER comment_text_removed AFTER DELETE ON comment BEGIN
INSERT INTO comment_text (comment_text, rowid, body) VALUES ('delete', old.id, old.body);
END

-- trigger decision_is_immutable, on decision
CREATE TRIGGER decision_is_immutable BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END

-- trigger decision_is_kept, on decision
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END

-- trigger guideline_is_immutable, on guideline
CREATE TRIGGER guideline_is_immutable BEFORE UPDATE ON guideline
BEGIN SELECT RAISE (ABORT, 'versions of the guidelines are immutable'); END

-- trigger guideline_is_kept, on guideline
CREATE TRIGGER guideline_is_kept BEFORE DELETE ON guideline
BEGIN SELECT RAISE (ABORT, 'versions of the guidelines are immutable'); END

-- trigger imported_record_is_immutable, on imported_record
CREATE TRIGGER imported_record_is_immutable BEFORE UPDATE ON imported_record
BEGIN SELECT RAISE (ABORT, 'imported records are immutable'); END

-- trigger imported_record_is_kept, on imported_record
CREATE TRIGGER imported_record_is_kept BEFORE DELETE ON imported_record
BEGIN SELECT RAISE (ABORT, 'imported records are immutable'); END

-- trigger language_stale_added, on pair
CREATE TRIGGER language_stale_added AFTER UPDATE OF instruction, response ON pair
WHEN old.instruction IS NOT new.instruction OR old.response IS NOT new.response BEGIN
INSERT OR IGNORE INTO language_stale (candidate_id) VALUES (new.candidate_id);
END

-- trigger mark_step_forgotten, on mark_step
CREATE TRIGGER mark_step_forgotten BEFORE DELETE ON mark_step BEGIN
DELETE FROM mark_step_candidate WHERE step_id = old.id;
END

-- trigger pair_is_kept, on pair
CREATE TRIGGER pair_is_kept BEFORE DELETE ON pair
BEGIN SELECT RAISE (ABORT, 'candidates are never deleted'); END

-- trigger pair_text_has_version, on pair
CREATE TRIGGER pair_text_has_version BEFORE UPDATE ON pair WHEN new.text_version <= old.text_version
BEGIN SELECT RAISE (ABORT, 'a changed text has a new version'); END

-- trigger prompt_exemplar_is_immutable, on prompt_exemplar
CREATE TRIGGER prompt_exemplar_is_immutable BEFORE UPDATE ON prompt_exemplar
BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END

-- trigger prompt_exemplar_is_kept, on prompt_exemplar
CREATE TRIGGER prompt_exemplar_is_kept BEFORE DELETE ON prompt_exemplar
BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END

-- trigger prompt_version_is_immutable, on prompt_version
CREATE TRIGGER prompt_version_is_immutable BEFORE UPDATE ON prompt_version
BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END

-- trigger prompt_version_is_kept, on prompt_version
CREATE TRIGGER prompt_version_is_kept BEFORE DELETE ON prompt_version
BEGIN SELECT RAISE (ABORT, 'prompt versions are immutable'); END

-- trigger reason_is_immutable, on reason
CREATE TRIGGER reason_is_immutable BEFORE UPDATE ON reason
BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END

-- trigger reason_is_kept, on reason
CREATE TRIGGER reason_is_kept BEFORE DELETE ON reason
BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END

-- trigger reason_list_is_immutable, on reason_list
CREATE TRIGGER reason_list_is_immutable BEFORE UPDATE ON reason_list
BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END

-- trigger reason_list_is_kept, on reason_list
CREATE TRIGGER reason_list_is_kept BEFORE DELETE ON reason_list
BEGIN SELECT RAISE (ABORT, 'lists of reasons are immutable'); END

-- trigger resolution_done_again, on decision
CREATE TRIGGER resolution_done_again AFTER INSERT ON decision WHEN new.kind = 'redo' BEGIN
INSERT INTO resolution (decision_id) SELECT new.id FROM decision AS undone
JOIN resolution ON resolution.decision_id = undone.target_id WHERE undone.id = new.target_id;
END

-- trigger second_review_follows, on candidate
CREATE TRIGGER second_review_follows AFTER UPDATE OF decision_id ON candidate
WHEN EXISTS (SELECT 1 FROM quality_settings) OR EXISTS (SELECT 1 FROM second_review WHERE candidate_id = new.id)
BEGIN
DELETE FROM second_review WHERE candidate_id = new.id;
INSERT INTO second_review SELECT * FROM second_review_due WHERE candidate_id = new.id;
END

-- trigger second_review_of_flagged, on flag
CREATE TRIGGER second_review_of_flagged AFTER INSERT ON flag
WHEN EXISTS (SELECT 1 FROM quality_settings WHERE review_flagged)
BEGIN
DELETE FROM second_review WHERE candidate_id = new.candidate_id;
INSERT INTO second_review SELECT * FROM second_review_due WHERE candidate_id = new.candidate_id;
END

-- trigger snapshot_is_immutable, on snapshot
CREATE TRIGGER snapshot_is_immutable BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_is_kept, on snapshot
CREATE TRIGGER snapshot_is_kept BEFORE DELETE ON snapshot WHEN NOT EXISTS (SELECT 1 FROM deleted_snapshot WHERE id = old.id)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_item_is_immutable, on snapshot_item
CREATE TRIGGER snapshot_item_is_immutable BEFORE UPDATE ON snapshot_item
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_item_is_kept, on snapshot_item
CREATE TRIGGER snapshot_item_is_kept BEFORE DELETE ON snapshot_item WHEN EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND item_id = old.item_id AND snapshot_item_id = old.id)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_medium_is_immutable, on snapshot_medium
CREATE TRIGGER snapshot_medium_is_immutable BEFORE UPDATE ON snapshot_medium
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_medium_is_kept, on snapshot_medium
CREATE TRIGGER snapshot_medium_is_kept BEFORE DELETE ON snapshot_medium WHEN EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND item_id = (SELECT item_id FROM snapshot_item WHERE id = old.snapshot_item_id) AND snapshot_item_id = old.snapshot_item_id)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_pair_is_complete, on snapshot_pair
CREATE TRIGGER snapshot_pair_is_complete BEFORE INSERT ON snapshot_pair
WHEN EXISTS (SELECT 1 FROM snapshot WHERE id = new.snapshot_id)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_pair_is_immutable, on snapshot_pair
CREATE TRIGGER snapshot_pair_is_immutable BEFORE UPDATE ON snapshot_pair
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_pair_is_kept, on snapshot_pair
CREATE TRIGGER snapshot_pair_is_kept BEFORE DELETE ON snapshot_pair WHEN EXISTS (SELECT 1 FROM snapshot WHERE id = old.snapshot_id)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_run_is_immutable, on snapshot_run
CREATE TRIGGER snapshot_run_is_immutable BEFORE UPDATE ON snapshot_run
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_run_is_kept, on snapshot_run
CREATE TRIGGER snapshot_run_is_kept BEFORE DELETE ON snapshot_run WHEN EXISTS (SELECT 1 FROM snapshot WHERE id = old.snapshot_id)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_text_is_immutable, on snapshot_text
CREATE TRIGGER snapshot_text_is_immutable BEFORE UPDATE ON snapshot_text
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_text_is_kept, on snapshot_text
CREATE TRIGGER snapshot_text_is_kept BEFORE DELETE ON snapshot_text WHEN EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND item_id = (SELECT item_id FROM candidate WHERE id = old.candidate_id) AND candidate_id = old.candidate_id AND text_version = old.text_version)
BEGIN SELECT RAISE (ABORT, 'snapshots are immutable'); END

-- trigger snapshot_text_is_kept_aside, on pair
CREATE TRIGGER snapshot_text_is_kept_aside BEFORE UPDATE ON pair
WHEN EXISTS (SELECT 1 FROM snapshot CROSS JOIN snapshot_pair ON snapshot_id = snapshot.id AND candidate_id = old.candidate_id
AND item_id = (SELECT item_id FROM candidate WHERE id = old.candidate_id) AND text_version = old.text_version)
BEGIN
INSERT OR IGNORE INTO snapshot_text (candidate_id, text_version, instruction, response, draft_instruction, draft_response, rationale)
VALUES (old.candidate_id, old.text_version, old.instruction, old.response, old.draft_instruction, old.draft_response, old.rationale);
END

-- view second_review_due, on second_review_due
CREATE VIEW second_review_due AS
SELECT judged.id AS candidate_id, judged.item_id,
CASE
WHEN EXISTS (SELECT 1 FROM resolution WHERE decision_id = judged.decision_id) THEN 'resolved'
WHEN second.id IS NULL THEN 'waiting'
WHEN second.state = judged.state
AND (second.state <> 'edited' OR EXISTS (SELECT 1 FROM pair WHERE pair.candidate_id = judged.id
AND pair.instruction = second.instruction AND pair.response = second.response)) THEN 'agreed'
ELSE 'disagreement'
END AS state,
first.reviewer AS first_reviewer, first.after_state AS first_state, second.reviewer AS second_reviewer, second.state AS second_state
FROM (
SELECT candidate.*,
(SELECT made.id FROM decision AS made
WHERE made.candidate_id = candidate.id AND made.kind <> 'undo'
AND NOT (made.after_turn IS NOT NULL AND made.after_instruction IS NULL AND made.before_state = made.after_state)
AND NOT EXISTS (SELECT 1 FROM resolution WHERE decision_id = made.id)
AND NOT EXISTS (SELECT 1 FROM decision AS undone
WHERE undone.candidate_id = made.candidate_id AND undone.kind = 'undo' AND undone.target_id = made.id)
ORDER BY made.id DESC LIMIT 1) AS first_id,
(SELECT given.id FROM side_verdict AS given
WHERE given.candidate_id = candidate.id AND given.purpose = 'second' AND given.withdrawn = 0
ORDER BY given.id DESC LIMIT 1) AS second_id
FROM candidate WHERE candidate.state IN ('accepted', 'edited', 'rejected')
) AS judged
JOIN decision AS first ON first.id = judged.first_id
LEFT JOIN side_verdict AS second ON second.id = judged.second_id AND second.reviewer <> first.reviewer
LEFT JOIN quality_settings AS rule ON rule.id = 1
WHERE second.id IS NOT NULL
OR (((judged.id & 2147483647) * 2654435761) & 4294967295) < rule.review_share * 4294967296
OR (rule.review_edited AND judged.state = 'edited')
OR (rule.review_flagged AND EXISTS (SELECT 1 FROM flag WHERE flag.candidate_id = judged.id))
OR judged.kind = rule.review_kind
OR first.seconds < rule.review_below_seconds
OR (judged.state = 'rejected' AND rule.review_reason IS NOT NULL AND EXISTS (
SELECT 1 FROM reason WHERE list_id = judged.reason_list_id
AND (reason = rule.review_reason OR instr(reason, rule.review_reason || ': ') = 1)))
