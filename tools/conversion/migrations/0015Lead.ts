import type { Database } from 'better-sqlite3'

/** The reviewer from whom blind review hides nothing. */
export function up(db: Database): void {
  db.exec(`ALTER TABLE quality_settings ADD COLUMN lead TEXT`)
}
