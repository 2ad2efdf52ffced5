import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { makeBigProject } from '../support/bigProject'
import { openProject, closeProject } from '../../src/main/project/project'
import { decideMany } from '../../src/main/store/decisions/bulkDecisions'
import { prepareLongStep, write } from '../../src/main/store/sql/transaction'
import { choosePairs, readChosenItems, saveChosenSplits } from '../../src/main/store/snapshots/choosePairs'
import { copyChosen, groupChosen, hashChosen } from '../../src/main/store/snapshots/writeSnapshot'
import { groupByMedia } from '../../src/main/exchange/snapshot/groupByMedia'
import { assignSplits } from '../../src/main/exchange/snapshot/assignSplits'
const n = Number(process.env.N ?? 1000000)
const dir = '/tmp/snaptry-' + n + '.exemplar'
if (!fs.existsSync(dir)) {
  const p = await makeBigProject(dir, { items: n / 5, candidates: n })
  // each item an image of its own
  write(p.db, () => { p.db.exec(`
    WITH RECURSIVE made(n) AS (SELECT 100 UNION ALL SELECT n+1 FROM made WHERE n < ${100 + n / 5})
    INSERT INTO media (sha256,file_name,stored_name,kind,mime,bytes,width,height,created_at) SELECT printf('%064x', n), 'i'||n||'.jpg', 'i'||n||'.jpg','image','image/jpeg',1000,640,480,0 FROM made;
    UPDATE item_media SET media_id = 6 + item_id;
  `) })
  p.db.exec(`INSERT INTO candidate_language SELECT id, 'en' FROM candidate`)
  prepareLongStep(p.db)
  decideMany(p.db, { target: { filter: {} }, verdict: 'accept', reviewer: 'Ada' })
  p.db.pragma('wal_checkpoint(TRUNCATE)')
  closeProject(p)
}
for (let round = 0; round < 2; round++) {
const p = openProject(dir, { check: false })
prepareLongStep(p.db)
const t0 = performance.now(); let t = t0
let c0 = process.cpuUsage(); const lap = (s: string) => { const now = performance.now(); const c = process.cpuUsage(c0); console.error(s, Math.round(now - t), 'cpu', Math.round((c.user+c.system)/1000)); t = now; c0 = process.cpuUsage() }
write(p.db, () => {
  choosePairs(p.db, {}); lap('choose')
  const { sizes, shown } = readChosenItems(p.db); lap('read items')
  const groups = groupByMedia({ sizes, shown, alike: [] }); lap('group')
  const splits = assignSplits(groups, { train: 80, validation: 10, test: 10 }, 1); lap('assign')
  saveChosenSplits(p.db, splits); lap('save splits')
  copyChosen(p.db, round + 1); lap('copy')
  const h = hashChosen(p.db); lap('hash'); const g = groupChosen(p.db); lap('facts'); console.error(h, g.length)
}); lap('commit')
console.error('total', Math.round(performance.now() - t0))
closeProject(p)
}
void os, path
